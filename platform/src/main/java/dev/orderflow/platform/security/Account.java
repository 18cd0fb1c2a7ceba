package dev.orderflow.platform.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * What a bound charges: the token's subject, or the address where there is no token.
 *
 * @param name tells subjects and addresses apart
 */
public record Account(String name) {
  /** The caller's own. */
  public static Account of(Caller caller) {
    return new Account("subject:" + caller.userId().value());
  }

  /**
   * That of all callers without a token from one address. Of an IPv6 address only the network
   * counts, its first 64 bits: a client that has one of its addresses has all of them.
   */
  public static Account ofAddress(String address) {
    return new Account("address:" + networkOf(address));
  }

  private static String networkOf(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, 8) + "/64"
          : address;
    } catch (IllegalArgumentException _) {
      return address;
    }
  }
}
