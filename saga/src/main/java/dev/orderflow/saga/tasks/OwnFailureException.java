package dev.orderflow.saga.tasks;

/**
 * A failure that lies in what was to be done and not in its surroundings: others of its kind may be
 * done meanwhile. It is tried again ever more slowly, so that it takes nothing from the others, and
 * becomes a letter in the end.
 */
public class OwnFailureException extends RuntimeException {
  private final boolean pressing;

  /**
   * Says what has failed.
   *
   * @param message holds nothing personal
   * @param pressing false when nothing depends on it any more: then it is tried with the longest
   *     pauses
   */
  public OwnFailureException(String message, boolean pressing) {
    super(message);
    this.pressing = pressing;
  }

  boolean isPressing() {
    return pressing;
  }
}
