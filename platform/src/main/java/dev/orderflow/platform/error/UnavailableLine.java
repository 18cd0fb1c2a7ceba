package dev.orderflow.platform.error;

import com.google.common.base.Throwables;
import org.slf4j.Logger;

/**
 * Says in the log that a call could not be answered, so that an outage has a line of its own: not
 * when there was only too much at once.
 */
public final class UnavailableLine {
  private UnavailableLine() {}

  /** Writes the line of a call, unless a bound refused it. */
  public static void write(Logger log, String call, Throwable error) {
    var cause = Throwables.getRootCause(error);
    if (!(cause instanceof OverloadedException)) {
      // In the words of the line, by which repeated ones are told apart.
      log.warn(
          "{} was answered UNAVAILABLE, for the caller to repeat, because of "
              + cause.getClass().getSimpleName()
              + ": {}",
          call,
          error.toString());
    }
  }
}
