package dev.orderflow.queryside.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All projections. */
record ProjectionsJson(List<ProjectionJson> projections) {
  /**
   * @param generation the one that serves
   * @param state {@code LIVE}, or {@code REBUILDING} while another generation is being built
   * @param lag how many events are still to come
   * @param rebuild null unless it is being rebuilt
   */
  record ProjectionJson(
      String name,
      int generation,
      String state,
      long lag,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RebuildJson rebuild) {}

  /**
   * @param generation the one that is being built
   * @param percent of the events there are now, 0 to 100
   * @param eventsPerSecond since the rebuild began
   * @param secondsLeft at this rate; null before the first event
   */
  record RebuildJson(
      int generation,
      int percent,
      long eventsPerSecond,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long secondsLeft) {
    static RebuildJson of(int generation, long position, long end, Duration elapsed) {
      var rate = position * 1000 / Math.max(1, elapsed.toMillis());
      return new RebuildJson(
          generation,
          end == 0 ? 100 : (int) Math.min(100, position * 100 / end),
          rate,
          rate == 0 ? null : Math.max(0, end - position) / rate);
    }
  }
}
