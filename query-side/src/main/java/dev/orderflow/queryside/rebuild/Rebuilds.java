package dev.orderflow.queryside.rebuild;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.DeadLetters.Backlog;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.kafka.Topics.TopicsUnavailableException;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.rebuild.ProjectionsJson.ComparisonJson;
import dev.orderflow.queryside.rebuild.ProjectionsJson.ProjectionJson;
import dev.orderflow.queryside.rebuild.ProjectionsJson.RebuildJson;
import dev.orderflow.queryside.rebuild.Roles.Build;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What operators see and want of rebuilds. */
@Service
class Rebuilds {
  private final List<Projection<?>> projections;
  private final Generations generations;
  private final Builds builds;
  private final Topics topics;
  private final DeadLetters letters;
  private final Clock clock;

  Rebuilds(
      List<Projection<?>> projections,
      Generations generations,
      Builds builds,
      Topics topics,
      DeadLetters letters,
      Clock clock) {
    this.projections = projections.stream().sorted(Comparator.comparing(Projection::name)).toList();
    this.generations = generations;
    this.builds = builds;
    this.topics = topics;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * Has a projection built anew.
   *
   * @throws NotFoundException when there is none of this name
   */
  void rebuild(String name) {
    var projection = named(name);
    generations.start(projection, Purpose.SERVING);
    builds.lookAt(projection);
  }

  /**
   * Has what a projection serves compared with a replay.
   *
   * @throws NotFoundException when there is none of this name
   * @throws UnavailableException while it is being rebuilt
   */
  void compare(String name) {
    if (!generations.start(named(name), Purpose.COMPARISON)) {
      throw new UnavailableException(name + " is being rebuilt; compare it afterwards.", null);
    }
  }

  /**
   * Gives up what is being built.
   *
   * @throws NotFoundException when there is no projection of this name
   */
  void cancel(String name) {
    generations.cancel(named(name));
  }

  /**
   * All projections.
   *
   * @throws UnavailableException when Kafka does not tell how many events there are
   */
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
    return RebuildJson.of(
        building.generation(),
        building.position(),
        end,
        Duration.between(building.since(), clock.instant()));
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
