package dev.orderflow.platform.consumption;

/** Why a record is not worked on. */
public enum PermanentFailure {
  /** It is no event of ours. It was never in the order of its key, and nothing waits for it. */
  FOREIGN,
  /** A later release wrote it, and can read it. */
  LATER,
  /** It is an event of ours, and the work on it fails. */
  FAILED,
  /** Another record of its key waits before it. */
  FOLLOWING;

  /** Whether what comes after it in its queue must wait. */
  public boolean holdsUp() {
    return this != FOREIGN;
  }
}
