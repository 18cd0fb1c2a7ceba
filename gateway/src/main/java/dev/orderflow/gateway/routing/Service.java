package dev.orderflow.gateway.routing;

import java.util.Locale;

/** The services behind the gateway. */
public enum Service {
  /** Takes writes, and tells what is true now. */
  COMMAND_SIDE,
  /** Answers reads from its projections. */
  QUERY_SIDE,
  /** Drives orders to their end. */
  SAGA;

  /** Its name in settings, logs and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
