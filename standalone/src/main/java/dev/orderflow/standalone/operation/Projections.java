package dev.orderflow.standalone.operation;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The query side's projections, as staff see them. */
public final class Projections {
  private static final String PATH = "/admin/projections";

  private final Staff staff;
  private final ProgressBar progress;

  /** Shows how far it is while something goes on. */
  public Projections(Staff staff, ProgressBar progress) {
    this.staff = staff;
    this.progress = progress;
  }

  /** Their names. */
  public List<String> names() throws InterruptedException {
    return shown().stream().map(one -> one.path("name").asString("")).toList();
  }

  /**
   * Has one of them built anew, and returns when that has come to an end.
   *
   * @return false when somebody has cancelled it
   */
  public boolean rebuild(String name) throws InterruptedException {
    var before = generation(shown(name));
    staff.post(PATH + "/" + name + "/rebuild");
    while (true) {
      var shown = shown(name);
      if (generation(shown) != before) {
        progress.say("%s is rebuilt: generation %d serves".formatted(name, generation(shown)));
        return true;
      }
      if (!shown.has("rebuild")) {
        progress.say("The rebuild of %s was cancelled".formatted(name));
        return false;
      }
      progress.show(name, shown.path("rebuild"));
      Staff.pause();
    }
  }

  /**
   * Compares what one of them serves with a replay, after a rebuild that is under way.
   *
   * @return whether it is the same
   * @throws NotDoneException when somebody has cancelled it
   */
  public boolean equalsReplay(String name) throws InterruptedException {
    while (shown(name).has("rebuild")) {
      progress.show(name + " is rebuilt", shown(name).path("rebuild"));
      Staff.pause();
    }
    staff.post(PATH + "/" + name + "/comparison");
    while (true) {
      var comparison = shown(name).path("comparison");
      var rows = comparison.path("rows").asLong(0);
      switch (comparison.path("state").asString("")) {
        case "EQUAL" -> {
          progress.say("  holds   %s is what a replay makes, in %,d rows".formatted(name, rows));
          return true;
        }
        case "DIFFERENT" -> {
          progress.say(
              "  BROKEN  %s is not what a replay makes, in %,d of %,d rows%n          first in %s"
                  .formatted(
                      name,
                      comparison.path("differing").asLong(),
                      rows,
                      comparison.path("first").asString("")));
          return false;
        }
        case "CANCELLED" ->
            throw new NotDoneException(
                "The comparison of %s was cancelled, perhaps by a rebuild.".formatted(name));
        default -> progress.show(name, comparison);
      }
      Staff.pause();
    }
  }

  /** Returns when all have read what there is now. */
  public void awaitCaughtUp() throws InterruptedException {
    for (var begin : shown()) {
      var name = begin.path("name").asString("");
      var end = begin.path("position").asLong() + begin.path("lag").asLong();
      var now = begin;
      while (now.path("position").asLong() < end) {
        progress.say("%s has %,d events to read".formatted(name, now.path("lag").asLong()));
        Staff.pause();
        now = shown(name);
      }
    }
  }

  private static int generation(JsonNode shown) {
    return shown.path("generation").asInt(0);
  }

  private List<JsonNode> shown() throws InterruptedException {
    return staff.get(PATH).path("projections").valueStream().toList();
  }

  private JsonNode shown(String name) throws InterruptedException {
    return shown().stream()
        .filter(one -> one.path("name").asString("").equals(name))
        .findFirst()
        .orElseThrow(() -> new NotDoneException("There is no projection " + name));
  }
}
