package dev.orderflow.standalone.command;

import dev.orderflow.standalone.client.AdminClient;

/** Every event published again. */
final class RemoteRepublication {
  private static final String PATH = "/admin/publication";

  private final AdminClient gateway;
  private final Projections projections;
  private final Progress progress;

  /** Of the platform behind the door. */
  public RemoteRepublication(AdminClient gateway, Projections projections, Progress progress) {
    this.gateway = gateway;
    this.projections = projections;
    this.progress = progress;
  }

  /**
   * Asks for it and watches, until the projections have read what was published.
   *
   * @return the exit code
   */
  public int run() throws InterruptedException {
    gateway.post(PATH + "/republish");
    for (; ; ) {
      var publication = gateway.get(PATH).path("publication");
      if (publication.path("state").asString("").equals("LIVE")) {
        progress.say("Every event is published.");
        projections.awaitCurrent();
        return ExitCode.DONE;
      }
      progress.show("publication", publication);
    }
  }
}
