package dev.orderflow.queryside.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All projections. */
record ProjectionsJson(List<ProjectionJson> projections) {
  /**
   * @param generation the one that serves
   * @param state {@code LIVE}, or {@code REBUILDING} while another generation is built to serve
   * @param position how many events it has read
   * @param lag how many events are still to come
   * @param rebuild null unless it is being rebuilt
   * @param comparison the last one with a replay, or the one that runs; null before the first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProjectionJson(
      String name,
      int generation,
      String state,
      long position,
      long lag,
      @Nullable RebuildJson rebuild,
      @Nullable ComparisonJson comparison) {}

  /**
   * A rebuild under way.
   *
   * @param generation the one that is being built
   */
  record RebuildJson(int generation, @JsonUnwrapped ProgressJson progress) {}

  /**
   * How far a replay is.
   *
   * @param position how many events it has read
   * @param lag how many events are still to come
   * @param percent of the events there are now, 0 to 100
   * @param eventsPerSecond since it was begun
   * @param secondsLeft at this rate; null before the first event
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProgressJson(
      long position, long lag, int percent, long eventsPerSecond, @Nullable Long secondsLeft) {
    static ProgressJson of(long position, long end, Duration elapsed) {
      var lag = Math.max(0, end - position);
      var rate = position * 1000 / Math.max(1, elapsed.toMillis());
      return new ProgressJson(
          position,
          lag,
          end == 0 ? 100 : (int) Math.min(100, position * 100 / end),
          rate,
          rate == 0 ? null : lag / rate);
    }
  }

  /**
   * A comparison.
   *
   * @param generation the one that is compared with the one that serves
   * @param state {@code RUNNING}, {@code EQUAL}, {@code DIFFERENT} or {@code CANCELLED}
   * @param progress of the replay; null unless it runs
   * @param rows how many were compared; null while it runs
   * @param differing how many are not what a replay makes; null while it runs
   * @param first the first row that differs, by key, and how; null when there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ComparisonJson(
      int generation,
      String state,
      @JsonUnwrapped @Nullable ProgressJson progress,
      @Nullable Long rows,
      @Nullable Long differing,
      @Nullable String first) {
    static ComparisonJson running(int generation, ProgressJson progress) {
      return new ComparisonJson(generation, "RUNNING", progress, null, null, null);
    }

    static ComparisonJson ended(int generation, ComparisonOutcome outcome) {
      return new ComparisonJson(
          generation,
          outcome.state().name(),
          null,
          outcome.compared(),
          outcome.differing(),
          outcome.firstDifference());
    }
  }
}
