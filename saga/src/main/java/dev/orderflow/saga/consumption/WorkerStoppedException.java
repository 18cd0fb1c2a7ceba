package dev.orderflow.saga.consumption;

/** The worker has not started, or has stopped already: what came is for its next life. */
public final class WorkerStoppedException extends RuntimeException {
  /** Says who. */
  public WorkerStoppedException(String worker) {
    super(worker + " is not running", null, false, false);
  }
}
