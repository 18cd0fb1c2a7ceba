package dev.orderflow.platform.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How instances are, as JSON: one of them, or all together.
 *
 * @param status the worst of all checks; red when an instance is away
 */
@Schema(name = "Overview")
public record Overview(
    Instant at,
    Status status,
    List<CheckJson> checks,
    List<InstanceJson> instances,
    List<SeriesJson> series) {
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

  /**
   * A check, as an instance found it.
   *
   * @param of which one it is of several with this name; null when there is one
   * @param value null while there is nothing to tell, or it cannot be told
   * @param runbook the anchor of its paragraph in docs/operations.md
   */
  @Schema(name = "OverviewCheck")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckJson(
      String name,
      @Nullable String of,
      String service,
      String instance,
      Status status,
      @Nullable Double value,
      String unit,
      @Nullable Double amberFrom,
      @Nullable Double redFrom,
      String runbook) {}

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
   * @param version of the program; null when it is away or was not told
   * @param startedAt null when it is away
   * @param holds what it has and no other instance has at the same time
   */
  @Schema(name = "OverviewInstance")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record InstanceJson(
      String service,
      String instance,
      InstanceStatus status,
      @Nullable String version,
      @Nullable Instant startedAt,
      List<String> holds) {
    /** Keeps a copy. */
    public InstanceJson {
      holds = List.copyOf(holds);
    }

    /** One that does not answer. */
    public static InstanceJson away(String service, String instance) {
      return new InstanceJson(service, instance, InstanceStatus.AWAY, null, null, List.of());
    }
  }

  /**
   * Values over the last hour.
   *
   * @param of which one it is of several with this name; null when there is one
   * @param together what the values of several instances are together
   * @param from the time of the first value
   * @param values null where nothing is known
   */
  @Schema(name = "OverviewSeries")
  public record SeriesJson(
      String name,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String of,
      String service,
      String unit,
      Together together,
      int stepSeconds,
      Instant from,
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

  /** Values that are there. */
  static <T> List<T> present(Stream<@Nullable T> values) {
    return values.filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
