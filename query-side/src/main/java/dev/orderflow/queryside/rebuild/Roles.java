package dev.orderflow.queryside.rebuild;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the generations of a projection are for.
 *
 * @param building null unless one is being built
 * @param last the highest number ever given
 */
record Roles(int serving, @Nullable Build building, int last) {
  /** What a generation is built for. */
  enum Purpose {
    /** To take over. */
    SERVING,
    /** To be compared with the one that serves, and dropped. */
    COMPARISON
  }

  /**
   * A generation that is being built.
   *
   * @param elapsed since it was begun, by the clock of the database, which has noted that
   * @param position how many events it has read
   */
  record Build(int generation, Purpose purpose, Duration elapsed, long position) {}

  boolean isBuilding(int generation) {
    return building != null && building.generation() == generation;
  }

  boolean isBuilding(Purpose purpose) {
    return building != null && building.purpose() == purpose;
  }
}
