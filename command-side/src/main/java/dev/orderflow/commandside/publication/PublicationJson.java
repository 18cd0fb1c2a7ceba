package dev.orderflow.commandside.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far the publication is. */
@Schema(name = "PublicationState")
record PublicationJson(Publication publication) {
  /**
   * @param state {@code LIVE}, or {@code REPUBLISHING} until every event there was is published
   *     again
   * @param published the number of the last event that is published; numbers may have gaps
   * @param total the number of the last event there is
   * @param percent of the events there are now, 0 to 100
   * @param eventsPerSecond since the republication was begun; null when none is under way
   * @param secondsLeft at this rate; null when none is under way or nothing is published yet
   */
  @Schema(name = "Publication")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Publication(
      String state,
      long published,
      long total,
      int percent,
      @Nullable Long eventsPerSecond,
      @Nullable Long secondsLeft) {
    static Publication of(
        boolean republishing, long token, long total, @Nullable Duration sinceBegun) {
      // The old token says nothing about a republication that is only asked for.
      var published = republishing && sinceBegun == null ? 0 : Math.min(token, total);
      var rate =
          sinceBegun == null
              ? null
              : (Long) (published * 1000 / Math.max(1, sinceBegun.toMillis()));
      return new Publication(
          republishing ? "REPUBLISHING" : "LIVE",
          published,
          total,
          total == 0 ? 100 : (int) (published * 100 / total),
          rate,
          rate == null || rate == 0 ? null : (Long) ((total - published) / rate));
    }
  }
}
