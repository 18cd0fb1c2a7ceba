package dev.orderflow.saga.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A failure that lies in what was to be done and not in its surroundings: others of its kind may be
 * done meanwhile. It is tried again ever more slowly, so that it takes nothing from the others, and
 * becomes a letter in the end.
 */
public class OwnFailureException extends RuntimeException {
  private final boolean pressing;
  private final @Nullable String party;

  /**
   * Says what has failed.
   *
   * @param message holds nothing personal
   * @param pressing false when nothing depends on it any more: then it is tried with the longest
   *     pauses
   * @param party whose failures are counted together; null when that cannot be told
   */
  public OwnFailureException(String message, boolean pressing, @Nullable String party) {
    super(message);
    this.pressing = pressing;
    this.party = party;
  }

  /** Of what matters still, and is nobody's in particular. */
  OwnFailureException(String message) {
    this(message, true, null);
  }

  @Nullable String party() {
    return party;
  }

  boolean isPressing() {
    return pressing;
  }
}
