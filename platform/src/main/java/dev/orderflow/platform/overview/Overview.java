package dev.orderflow.platform.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How instances are, as JSON: one of them, or all together. */
@Schema(name = "Overview")
public record Overview(
    @Meaning("When it was so.") Instant at,
    @Meaning("The worst of all: GREEN, AMBER or RED; RED when an instance is away.") Status status,
    @Meaning("What can be well or not, as each instance finds it.") List<CheckJson> checks,
    @Meaning("All that are known.") List<InstanceJson> instances,
    @Meaning("What is charted.") List<SeriesJson> series) {
  private static final double PRECISION = 1_000;
  private static final Duration STEP = Duration.ofSeconds(Series.STEP_SECONDS);

  /** Keeps copies. */
  public Overview {
    checks = List.copyOf(checks);
    instances = List.copyOf(instances);
    series = List.copyOf(series);
  }

  /** With the status that follows from its parts. */
  public static Overview of(
      Instant at, List<CheckJson> checks, List<InstanceJson> instances, List<SeriesJson> series) {
    var all =
        Stream.concat(
            checks.stream().map(CheckJson::status),
            instances.stream()
                .map(instance ->
                    instance.status() == InstanceStatus.UP ? Status.GREEN : Status.RED));
    return new Overview(at, Status.worst(all.toList()), checks, instances, series);
  }

  /**
   * What several instances tell, as one.
   *
   * @param told at least one; the first says when it was so
   * @param away those that tell nothing
   */
  public static Overview together(List<Overview> told, List<InstanceJson> away) {
    return of(
        told.getFirst().at(),
        told.stream().flatMap(one -> one.checks().stream()).toList(),
        Stream.concat(told.stream().flatMap(one -> one.instances().stream()), away.stream())
            .toList(),
        told.stream()
            .flatMap(one -> one.series().stream())
            .collect(
                Collectors.groupingBy(SeriesJson::what, LinkedHashMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(SeriesJson::together)
            .toList());
  }

  /** A check, as an instance found it. */
  @Schema(name = "OverviewCheck")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckJson(
      @Meaning("What is looked at.") String name,
      @Meaning("Which one of several with this name; missing when there is one.")
          @Nullable String of,
      @Meaning("Whose instance it is.") String service,
      @Meaning("Names the instance.") String instance,
      @Meaning("GREEN, AMBER or RED.") Status status,
      @Meaning("The greater the worse; missing while there is none.") @Nullable Double value,
      @Meaning("Of the value; empty for a plain number.") String unit,
      @Meaning("From here on it needs attention; missing for never.") @Nullable Double amberFrom,
      @Meaning("From here on it needs that at once; missing for never.") @Nullable Double redFrom,
      @Meaning("The anchor of its paragraph in docs/operations.md.") String runbook) {}

  /** Whether an instance answers. */
  public enum InstanceStatus {
    /** It does. */
    UP,
    /** It does not, or not in time. */
    AWAY
  }

  /**
   * An instance of a service.
   *
   * @param version null also when it was not told
   */
  @Schema(name = "OverviewInstance")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record InstanceJson(
      @MeaningOf(CheckJson.class) String service,
      @MeaningOf(CheckJson.class) String instance,
      @Meaning("UP, or AWAY when it does not answer in time.") InstanceStatus status,
      @Meaning("Of the program; missing when away.") @Nullable String version,
      @Meaning("When its process began; missing when away.") @Nullable Instant startedAt,
      @Meaning("What it has and no other instance has at the same time.") List<String> holds) {
    /** Keeps a copy. */
    public InstanceJson {
      holds = List.copyOf(holds);
    }

    /** One that does not answer. */
    public static InstanceJson away(String service, String instance) {
      return new InstanceJson(service, instance, InstanceStatus.AWAY, null, null, List.of());
    }
  }

  /** Values over the last hour. */
  @Schema(name = "OverviewSeries")
  public record SeriesJson(
      @Meaning("What it is.") String name,
      @MeaningOf(CheckJson.class) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String of,
      @Meaning("Whose instances have measured it.") String service,
      @MeaningOf(CheckJson.class) String unit,
      @Meaning("What the values of several instances are together: SUM, MAX or MEAN.")
          Together together,
      @Meaning(value = "From one value to the next.", min = 1) int stepSeconds,
      @Meaning("The time of the first value.") Instant from,
      @Meaning("One per step of the last hour; null where nothing is known.")
          @ArraySchema(
              schema =
                  @Schema(
                      types = {"number", "null"},
                      format = "double"))
          List<@Nullable Double> values) {
    private List<@Nullable String> what() {
      return Arrays.asList(service, name, of);
    }

    /** Steps begin at the same times on all instances. */
    private static SeriesJson together(List<SeriesJson> parts) {
      var first = parts.getFirst();
      if (parts.size() == 1) {
        return first;
      }
      var from = parts.stream().map(SeriesJson::from).min(Comparator.naturalOrder()).orElseThrow();
      var steps = new ArrayList<DoubleSummaryStatistics>();
      for (var part : parts) {
        var step = (int) Duration.between(from, part.from).dividedBy(STEP);
        for (var value : part.values) {
          while (steps.size() <= step) {
            steps.add(new DoubleSummaryStatistics());
          }
          if (value != null) {
            steps.get(step).accept(value);
          }
          step++;
        }
      }
      return new SeriesJson(
          first.name,
          first.of,
          first.service,
          first.unit,
          first.together,
          first.stepSeconds,
          from,
          steps.stream()
              .<@Nullable Double>map(
                  step -> step.getCount() == 0 ? null : rounded(first.together.of(step)))
              .toList());
    }
  }

  /** As precise as it is shown; null for what is no number. */
  public static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? (Double) (Math.round(value * PRECISION) / PRECISION) : null;
  }
}
