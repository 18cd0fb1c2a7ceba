package dev.orderflow.standalone.command;

import dev.orderflow.standalone.client.AdminClient;
import dev.orderflow.standalone.process.StartFailedException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The projections of a platform: rebuilt, filled again, compared, awaited. */
final class Projections {
  private static final String PATH = "/admin/projections";
  private static final String PUBLICATION = "/admin/publication";

  private final AdminClient gateway;
  private final Progress progress;

  /** Those behind the door. */
  public Projections(AdminClient gateway, Progress progress) {
    this.gateway = gateway;
    this.progress = progress;
  }

  /**
   * Has one built anew and watches.
   *
   * @return the exit code: 0, or 1 when it was cancelled meanwhile
   * @throws NoSuchElementException when there is none of this name; the message names those there
   *     are
   */
  public int rebuild(String name) throws InterruptedException {
    var all = all();
    var before =
        generation(
            all.stream()
                .filter(projection -> name.equals(nameOf(projection)))
                .findFirst()
                .orElseThrow(() ->
                    new NoSuchElementException(
                        "There is no projection %s; there are %s."
                            .formatted(
                                name,
                                all.stream()
                                    .map(Projections::nameOf)
                                    .collect(Collectors.joining(", "))))));
    gateway.post(PATH + "/" + name + "/rebuild");
    for (; ; ) {
      var projection = named(name);
      if (projection.has("rebuild")) {
        progress.show(name, projection.path("rebuild"));
      } else if (generation(projection) > before) {
        progress.say(
            "%s is rebuilt: generation %d serves.".formatted(name, generation(projection)));
        return ExitCode.DONE;
      } else {
        progress.say("The rebuild of %s was cancelled.".formatted(name));
        return ExitCode.BROKEN;
      }
    }
  }

  /**
   * Has every event published again and watches, until they have read what was published.
   *
   * @return the exit code
   */
  int republish() throws InterruptedException {
    gateway.post(PUBLICATION + "/republish");
    for (; ; ) {
      var publication = gateway.get(PUBLICATION).path("publication");
      if (publication.path("state").asString("").equals("LIVE")) {
        progress.say("Every event is published.");
        awaitCurrent();
        return ExitCode.DONE;
      }
      progress.show("publication", publication);
    }
  }

  /** Waits until all have read every event. */
  void awaitCurrent() throws InterruptedException {
    for (; ; ) {
      var lag = all().stream().mapToLong(projection -> projection.path("lag").asLong()).sum();
      if (lag == 0) {
        progress.say("The projections have read every event.");
        return;
      }
      progress.show("The projections have %d events to read".formatted(lag));
    }
  }

  /**
   * Has each compared with a replay.
   *
   * @return the worst exit code: 0 all are equal, 1 one is not, 2 one could not be compared
   */
  int compare() throws InterruptedException {
    var worst = ExitCode.DONE;
    for (var projection : all()) {
      worst = ExitCode.worse(worst, compare(nameOf(projection)));
    }
    return worst;
  }

  private int compare(String name) throws InterruptedException {
    gateway.post(PATH + "/" + name + "/comparison");
    for (; ; ) {
      var comparison = named(name).path("comparison");
      switch (comparison.path("state").asString("")) {
        case "RUNNING" -> progress.show(name, comparison);
        case "EQUAL" -> {
          progress.say(
              "%s equals a replay: %d rows.".formatted(name, comparison.path("rows").asLong()));
          return ExitCode.DONE;
        }
        case "DIFFERENT" -> {
          progress.say(
              "%s differs from a replay in %d of %d rows. The first: %s"
                  .formatted(
                      name,
                      comparison.path("differing").asLong(),
                      comparison.path("rows").asLong(),
                      comparison.path("first").asString("unknown")));
          return ExitCode.BROKEN;
        }
        default -> {
          progress.say("The comparison of %s was cancelled.".formatted(name));
          return ExitCode.NOT_DONE;
        }
      }
    }
  }

  private JsonNode named(String name) throws InterruptedException {
    return all().stream()
        .filter(projection -> name.equals(nameOf(projection)))
        .findFirst()
        .orElseThrow(() -> new StartFailedException("The platform no longer knows " + name));
  }

  private List<JsonNode> all() throws InterruptedException {
    return gateway.get(PATH).path("projections").valueStream().toList();
  }

  private static String nameOf(JsonNode projection) {
    return projection.path("name").asString();
  }

  private static int generation(JsonNode projection) {
    return projection.path("generation").asInt();
  }
}
