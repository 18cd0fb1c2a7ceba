package dev.orderflow.platform.ratelimit;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Proxies that are trusted to say where a call comes from. */
public final class TrustedProxies {
  private final List<IpAddressMatcher> blocks;

  /**
   * @param blocks their addresses, CIDR
   */
  public TrustedProxies(List<String> blocks) {
    this.blocks = blocks.stream().map(IpAddressMatcher::new).toList();
  }

  /**
   * The address of the client: the last one in the chain that is no trusted proxy's. Empty when a
   * trusted address names no client: then the call is the platform's own.
   *
   * @param peer the address that is connected
   * @param forwardedFor what each in turn has seen, the newest last
   */
  Optional<String> clientOf(String peer, List<String> forwardedFor) {
    if (forwardedFor.isEmpty() && isTrusted(peer)) {
      return Optional.empty();
    }
    var client = peer;
    for (var seen : forwardedFor.reversed()) {
      if (!isTrusted(client)) {
        break;
      }
      client = seen;
    }
    return Optional.of(client);
  }

  /** Whether a proxy is there. */
  public boolean isTrusted(String address) {
    return InetAddresses.isInetAddress(address)
        && blocks.stream().anyMatch(block -> block.matches(address));
  }
}
