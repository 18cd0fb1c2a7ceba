package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.ratelimit.TrustedProxies;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four connections, and so two of each address but the proxy's. */
class ConnectionsTest {
  private static final String PROXY = "198.51.100.1";

  private final Connections connections =
      new Connections(4, new TrustedProxies(List.of(PROXY + "/32")));
  private int port;

  private Connections.Place of(String address) {
    port++;
    return connections.of(new InetSocketAddress(address, port));
  }

  @Test
  void one_address_leaves_room_for_others() {
    of("192.0.2.1");
    var held = of("192.0.2.1");

    assertThatThrownBy(() -> of("192.0.2.1")).isInstanceOf(OverloadedException.class);
    assertThatCode(() -> of("192.0.2.2")).doesNotThrowAnyException();

    held.giveBack();
    assertThatCode(() -> of("192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void when_all_are_taken_there_is_one_more_for_each_address_and_not_for_all_the_world() {
    for (var address : List.of("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2")) {
      of(address);
    }

    for (var last = 1; last <= 32; last++) {
      var address = "203.0.113." + last;
      of(address);
      assertThatThrownBy(() -> of(address)).isInstanceOf(OverloadedException.class);
    }
    assertThatThrownBy(() -> of("192.0.2.3")).isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_trusted_proxy_brings_all_clients_and_takes_no_more_than_there_are() {
    for (var count = 1; count <= 4; count++) {
      of(PROXY);
    }

    assertThatCode(() -> of("192.0.2.1")).as("the reserve").doesNotThrowAnyException();
    of(PROXY);
    assertThatThrownBy(() -> of(PROXY)).isInstanceOf(OverloadedException.class);
  }
}
