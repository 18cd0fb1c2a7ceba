package dev.orderflow.queryside.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All projections. */
@Schema(name = "ProjectionList")
record ProjectionsJson(List<ProjectionJson> projections) {
  /**
   * @param generation the one that serves
   * @param state {@code LIVE}, or {@code REBUILDING} while another generation is built to serve
   * @param position how many events it has read
   * @param lag how many events are still to come
   * @param letters how many records it could not take in
   * @param heldUp how many keys have stopped at one of them
   * @param rebuild null unless it is being rebuilt
   * @param comparison the last one with a replay, or the one that runs; null before the first
   */
  @Schema(name = "Projection")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProjectionJson(
      String name,
      int generation,
      String state,
      long position,
      long lag,
      long letters,
      long heldUp,
      @Nullable RebuildJson rebuild,
      @Nullable ComparisonJson comparison) {}

  /**
   * How far a generation is that is being built.
   *
   * @param position how many events it has read
   * @param lag how many events are still to come
   * @param percent of the events there are now, 0 to 100
   * @param eventsPerSecond since it was begun
   * @param secondsLeft at this rate; null before the first event
   */
  @Schema(name = "Rebuild")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RebuildJson(
      int generation,
      long position,
      long lag,
      int percent,
      long eventsPerSecond,
      @Nullable Long secondsLeft) {
    static RebuildJson of(int generation, long position, long end, Duration elapsed) {
      var lag = Math.max(0, end - position);
      var rate = position * 1000 / Math.max(1, elapsed.toMillis());
      return new RebuildJson(
          generation,
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
   * @param percent of the events that the replay has read; null unless it runs
   * @param eventsPerSecond of the replay; null unless it runs
   * @param secondsLeft of the replay; null unless it runs and has begun
   * @param rows how many were compared; null while it runs
   * @param differing how many are not what a replay makes; null while it runs
   * @param first the first row that differs, by key, and how; null when there is none
   */
  @Schema(name = "Comparison")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ComparisonJson(
      int generation,
      String state,
      @Nullable Integer percent,
      @Nullable Long eventsPerSecond,
      @Nullable Long secondsLeft,
      @Nullable Long rows,
      @Nullable Long differing,
      @Nullable String first) {
    static ComparisonJson running(RebuildJson replay) {
      return new ComparisonJson(
          replay.generation(),
          "RUNNING",
          replay.percent(),
          replay.eventsPerSecond(),
          replay.secondsLeft(),
          null,
          null,
          null);
    }

    static ComparisonJson ended(ComparisonOutcome outcome) {
      return new ComparisonJson(
          outcome.generation(),
          outcome.state().name(),
          null,
          null,
          null,
          outcome.compared(),
          outcome.differing(),
          outcome.firstDifference());
    }
  }
}
