package dev.orderflow.platform.security;

/**
 * Whom a bound counts: the token's subject, or the address where there is no token.
 *
 * @param name tells subjects and addresses apart
 */
public record Account(String name) {
  /** The caller's own. */
  public static Account of(Caller caller) {
    return new Account("subject:" + caller.userId().value());
  }

  /** That of all who call from an address without a token. */
  public static Account ofAddress(String address) {
    return new Account("address:" + address);
  }
}
