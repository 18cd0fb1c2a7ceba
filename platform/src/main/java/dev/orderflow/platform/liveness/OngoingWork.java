package dev.orderflow.platform.liveness;

import java.time.Duration;

/**
 * Work that goes round and round as long as its process works, also when there is nothing to do and
 * when others are away. When it makes no more steps, only a restart helps.
 */
public interface OngoingWork {
  /** Its name, for people. */
  String workName();

  /** How long ago its last step was; zero while it is not to be done. Does not block. */
  Duration sinceLastStep();
}
