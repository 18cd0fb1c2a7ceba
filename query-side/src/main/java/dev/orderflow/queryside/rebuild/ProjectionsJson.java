package dev.orderflow.queryside.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All projections. */
@Schema(name = "ProjectionList")
record ProjectionsJson(@Meaning("All projections.") List<ProjectionJson> projections) {
  /**
   * @param generation the one that serves
   * @param comparison null before the first
   */
  @Schema(name = "Projection")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProjectionJson(
      @Meaning("Names the projection.") String name,
      @Meaning(value = "Which build of the projection; numbers are not reused.", min = 1)
          int generation,
      @Meaning("LIVE, or REBUILDING while one is built anew.") String state,
      @Meaning("How many events it has read.") long position,
      @Meaning("How many events are still to come.") long lag,
      @Meaning("How many records it could not take in.") long letters,
      @Meaning("How many keys have stopped at one of them.") long heldUp,
      @Meaning("The one that will take over; only while it is built.")
          @Nullable RebuildJson rebuild,
      @Meaning("The last one with a replay, or the one that runs.")
          @Nullable ComparisonJson comparison) {}

  /** How far a generation is that is being built. */
  @Schema(name = "Rebuild")
  @MeaningOf(ProjectionJson.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RebuildJson(
      int generation,
      long position,
      long lag,
      @Meaning(value = "Of the events there are now.", max = 100) int percent,
      @Meaning("Since it was begun.") long eventsPerSecond,
      @Meaning("At this rate; none before the first event.") @Nullable Long secondsLeft) {
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
   * @param percent of the events that the replay has read; null unless it runs
   * @param eventsPerSecond of the replay; null unless it runs
   * @param secondsLeft of the replay; null unless it runs and has begun
   * @param first by key
   */
  @Schema(name = "Comparison")
  @MeaningOf(RebuildJson.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ComparisonJson(
      int generation,
      @Meaning("RUNNING, EQUAL, DIFFERENT or CANCELLED.") String state,
      @Nullable Integer percent,
      @Nullable Long eventsPerSecond,
      @Nullable Long secondsLeft,
      @Meaning("How many were compared; none while it runs.") @Nullable Long rows,
      @Meaning("How many are not what a replay makes.") @Nullable Long differing,
      @Meaning("The first row that differs, and how; only when one does.") @Nullable String first) {
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
