package dev.orderflow.standalone.command;

import dev.orderflow.standalone.client.StaffDoor;

/** Every event published again. */
final class Republication {
  private static final String PATH = "/admin/publication";

  private final StaffDoor door;
  private final Projections projections;
  private final Progress progress;

  /** Of the platform behind the door. */
  public Republication(StaffDoor door, Projections projections, Progress progress) {
    this.door = door;
    this.projections = projections;
    this.progress = progress;
  }

  /**
   * Asks for it and watches, until the projections have read what was published.
   *
   * @return the exit code
   */
  public int run() throws InterruptedException {
    door.post(PATH + "/republish");
    for (; ; ) {
      var publication = door.get(PATH).path("publication");
      if (publication.path("state").asString("").equals("LIVE")) {
        progress.say("Every event is published.");
        projections.awaitCurrent();
        return ExitCode.DONE;
      }
      progress.show("publication", publication);
    }
  }
}
