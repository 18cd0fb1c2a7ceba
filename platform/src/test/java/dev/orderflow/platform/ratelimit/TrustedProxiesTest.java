package dev.orderflow.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(List.of("10.0.0.0/8", "192.168.7.1", "fd00::/8"));

  @Test
  void who_is_connected_is_the_client_whatever_it_says_unless_it_is_trusted() {
    assertThat(proxies.clientOf("203.0.113.1", List.of("198.51.100.1"))).hasValue("203.0.113.1");
    assertThat(new TrustedProxies(List.of()).clientOf("10.0.0.1", List.of("198.51.100.1")))
        .hasValue("10.0.0.1");
  }

  @Test
  void what_the_last_trusted_proxy_has_seen_is_the_client_whatever_was_there_before() {
    assertThat(proxies.clientOf("10.0.0.1", List.of("198.51.100.1"))).hasValue("198.51.100.1");
    assertThat(proxies.clientOf("fd00::1", List.of("forged", "198.51.100.1", "192.168.7.1")))
        .hasValue("198.51.100.1");
  }

  @Test
  void what_comes_from_a_trusted_address_and_names_nobody_is_the_platforms_own() {
    assertThat(proxies.clientOf("10.0.0.1", List.of())).isEmpty();
    assertThat(proxies.clientOf("203.0.113.1", List.of())).hasValue("203.0.113.1");
  }

  @Test
  void what_is_no_address_is_not_trusted() {
    assertThat(proxies.clientOf("10.0.0.1", List.of("198.51.100.1", "unknown")))
        .hasValue("unknown");
  }
}
