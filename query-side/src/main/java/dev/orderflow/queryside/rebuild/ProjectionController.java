package dev.orderflow.queryside.rebuild;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.DeadLetters.Backlog;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.kafka.Topics.TopicsUnavailableException;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.rebuild.ProjectionsJson.ComparisonJson;
import dev.orderflow.queryside.rebuild.ProjectionsJson.ProjectionJson;
import dev.orderflow.queryside.rebuild.ProjectionsJson.RebuildJson;
import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds, for staff. */
@RestController
@RequestMapping("/admin/projections")
class ProjectionController {
  private static final String NAME = "Names the projection.";

  private final List<Projection<?>> projections;
  private final Generations generations;
  private final Builds builds;
  private final Topics topics;
  private final DeadLetters letters;

  ProjectionController(
      List<Projection<?>> projections,
      Generations generations,
      Builds builds,
      Topics topics,
      DeadLetters letters) {
    this.projections = projections.stream().sorted(Comparator.comparing(Projection::name)).toList();
    this.generations = generations;
    this.builds = builds;
    this.topics = topics;
    this.letters = letters;
  }

  @GetMapping
  @Operation(operationId = "listProjections", summary = "The projections and their rebuilds.")
  @Answers(status = 200, when = "All projections.")
  ProjectionsJson all() {
    try {
      var ids = topics.ensure();
      var ends = topics.ends();
      var backlogs = letters.backlogs();
      return new ProjectionsJson(
          projections.stream()
              .map(projection ->
                  describe(
                      projection,
                      ids,
                      ends,
                      backlogs.getOrDefault(projection.name(), Backlog.NONE)))
              .toList());
    } catch (TopicsUnavailableException e) {
      throw new UnavailableException("Kafka does not tell how many events there are.", e);
    }
  }

  @PostMapping("/{projection}/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(operationId = "startRebuild", summary = "Builds a projection anew.")
  @Answers(status = 202, when = "It is being rebuilt, perhaps since an earlier call.")
  @Fails(ErrorCode.NOT_FOUND)
  void start(@Meaning(NAME) @PathVariable String projection) {
    var wanted = named(projection);
    generations.start(wanted, Purpose.SERVING);
    builds.lookAt(wanted);
  }

  @PostMapping("/{projection}/comparison")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "startComparison",
      summary = "Compares what a projection serves with what a replay of all events makes.")
  @Answers(status = 202, when = "It is being compared, perhaps since an earlier call.")
  @Fails(ErrorCode.NOT_FOUND)
  void compare(@Meaning(NAME) @PathVariable String projection) {
    if (!generations.start(named(projection), Purpose.COMPARISON)) {
      throw new UnavailableException(
          projection + " is being rebuilt; compare it afterwards.", null);
    }
  }

  @DeleteMapping("/{projection}/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(operationId = "cancelRebuild", summary = "Gives a rebuild or a comparison up.")
  @Answers(status = 202, when = "Nothing is being built any more.")
  @Fails(ErrorCode.NOT_FOUND)
  void cancel(@Meaning(NAME) @PathVariable String projection) {
    generations.cancel(named(projection));
  }

  private ProjectionJson describe(
      Projection<?> projection,
      Map<EventTopic, UUID> ids,
      Map<EventTopic, Long> ends,
      Backlog backlog) {
    var roles = generations.roles(projection.name());
    var end = projection.topics().stream().mapToLong(topic -> ends.getOrDefault(topic, 0L)).sum();
    var position = position(projection, ids);
    var rebuilding = roles.isBuilding(Purpose.SERVING);
    var replay = roles.building() == null ? null : replay(roles.building(), end);
    return new ProjectionJson(
        projection.name(),
        roles.serving(),
        rebuilding ? "REBUILDING" : "LIVE",
        position,
        Math.max(0, end - position),
        backlog.letters(),
        backlog.heldUp(),
        rebuilding ? replay : null,
        rebuilding || replay == null ? lastComparison(projection) : ComparisonJson.running(replay));
  }

  private RebuildJson replay(Build building, long end) {
    return RebuildJson.of(building.generation(), building.position(), end, building.elapsed());
  }

  private @Nullable ComparisonJson lastComparison(Projection<?> projection) {
    var last = generations.lastComparison(projection.name());
    return last == null ? null : ComparisonJson.ended(last);
  }

  private long position(Projection<?> projection, Map<EventTopic, UUID> ids) {
    return topics.read(Subscription.of(projection.name(), projection.topics(), ids).group());
  }

  private Projection<?> named(String name) {
    return projections.stream()
        .filter(projection -> projection.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new NotFoundException(
                ErrorCode.NOT_FOUND,
                "There is no projection of this name; GET /admin/projections lists them"));
  }
}
