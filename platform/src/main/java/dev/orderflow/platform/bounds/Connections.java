package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.ratelimit.TrustedProxies;
import dev.orderflow.platform.security.Account;
import java.net.InetSocketAddress;

/**
 * The connections of a server. One address has half of them at most: a share that leaves room for
 * others, and is enough for the machine that all callers come from. A trusted proxy has no share,
 * since it brings those of all clients. When all are taken there are a few more, one of each
 * address: so health checks are answered.
 */
final class Connections {
  private static final String WHAT = "connections";
  private static final int RESERVE = 32;

  private final Bound places;
  private final Bound reserve = new Bound(WHAT, RESERVE, 1);
  private final TrustedProxies proxies;

  Connections(int max, TrustedProxies proxies) {
    this.places = new Bound(WHAT, max, Math.ceilDiv(max, 2));
    this.proxies = proxies;
  }

  /** How many there are at the moment. */
  long held() {
    return places.held() + reserve.held();
  }

  /**
   * Makes room for a connection.
   *
   * @throws OverloadedException when the address has its share already
   * @throws UnavailableException when there are too many
   */
  Place of(InetSocketAddress peer) {
    var address = peer.getAddress().getHostAddress();
    var account = Account.ofAddress(address).name();
    try {
      return Place.in(
          places, proxies.isTrusted(address) ? account + " port " + peer.getPort() : account);
    } catch (UnavailableException _) {
      return Place.in(reserve, account);
    }
  }

  /** Of one connection, until it is given back. */
  record Place(Bound among, String holder) {
    private static Place in(Bound among, String holder) {
      among.take(holder, 1);
      return new Place(among, holder);
    }

    /** To be called once. */
    void giveBack() {
      among.giveBack(holder, 1);
    }
  }
}
