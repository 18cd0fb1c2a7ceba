package dev.orderflow.commandside.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far the publication is. */
@Schema(name = "PublicationState")
record PublicationJson(@Meaning("The way of the events to Kafka.") Publication publication) {
  /**
   * @param published numbers may have gaps
   * @param eventsPerSecond null when no republication is under way
   * @param secondsLeft null when none is under way or nothing is published yet
   */
  @Schema(name = "Publication")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Publication(
      @Meaning("LIVE, or REPUBLISHING until every event there was is published again.")
          String state,
      @Meaning("The number of the last event that is published.") long published,
      @Meaning("The number of the last event there is.") long total,
      @Meaning(value = "Of the events there are now.", max = 100) int percent,
      @Meaning("Since it was begun.") @Nullable Long eventsPerSecond,
      @Meaning("At this rate; none before the first event.") @Nullable Long secondsLeft) {
    static Publication of(long token, long total, @Nullable Duration sinceBegun) {
      var published = Math.min(token, total);
      var rate =
          sinceBegun == null
              ? null
              : (Long) (published * 1000 / Math.max(1, sinceBegun.toMillis()));
      return new Publication(
          sinceBegun == null ? "LIVE" : "REPUBLISHING",
          published,
          total,
          total == 0 ? 100 : (int) (published * 100 / total),
          rate,
          rate == null || rate == 0 ? null : (Long) ((total - published) / rate));
    }
  }
}
