package dev.orderflow.gateway.routing;

/** Whom the gateway lets through; the services look again, and closer. */
enum Access {
  /** Also without a token. */
  ANYBODY,
  /** Every caller with a valid token. */
  TOKEN,
  /** Tokens with the scope {@code customer}. */
  CUSTOMER,
  /** Tokens with the scope {@code staff}. */
  STAFF
}
