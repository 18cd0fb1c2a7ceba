package dev.orderflow.platform.security;

/**
 * Those that call with the scope {@code service}. Each may make the calls that it needs, and no
 * others: an attacker who takes one over gets no more than that.
 */
public enum ServiceName {
  /** Decides commands; its questions to the query side need no token. */
  COMMAND_SIDE("command-side"),
  /** Answers reads; it asks in the name of its callers. */
  QUERY_SIDE("query-side"),
  /** Leads orders to their end. */
  SAGA("saga"),
  /** A program of the shop's that holds and sells stock without orders. */
  SHOP("shop");

  private final String value;

  ServiceName(String value) {
    this.value = value;
  }

  /** Its name in settings, and in the tokens of the issuer that the platform brings along. */
  public String value() {
    return value;
  }

  /** Its name as an authority of Spring Security. */
  public String authority() {
    return "SERVICE_" + value;
  }
}
