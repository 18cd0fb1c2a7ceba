package dev.orderflow.standalone.operation;

/** The way of the events to Kafka, as staff see it. */
public final class Publication {
  private static final String PATH = "/admin/publication";

  private final Staff staff;
  private final ProgressBar progress;

  /** Shows how far it is while something goes on. */
  public Publication(Staff staff, ProgressBar progress) {
    this.staff = staff;
    this.progress = progress;
  }

  /** Has every event published again, and returns when those are that there are now. */
  public void again() throws InterruptedException {
    staff.post(PATH + "/republish");
    var now = staff.get(PATH);
    var end = now.path("position").asLong() + now.path("lag").asLong();
    while (now.path("position").asLong() < end) {
      progress.show("publication", now);
      Staff.pause();
      now = staff.get(PATH);
    }
    progress.say("Published again, up to event %,d".formatted(end));
  }
}
