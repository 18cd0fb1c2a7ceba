package dev.orderflow.gateway.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight connections, four of each address but the proxy's; a request arrives within 6 s. */
@Timeout(60)
class ConnectionsIT {
  private static final int SHARE = 4;
  private static final String HALF = "GET /products HTTP/1.1\r\nHos";
  private static final String WHOLE = HALF + "t: a\r\nConnection: close\r\n\r\n";
  private static final String PROXY = "127.0.0.9";
  private static final FakeService SERVICE = new FakeService("service");
  private static RunningGateway gateway;

  private final List<Socket> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.query-side",
                SERVICE.url(),
                "orderflow.gateway.trusted-proxies",
                PROXY + "/32",
                "orderflow.requests.max-connections",
                Integer.toString(2 * SHARE),
                // What is held stays open for as long as others are served.
                "orderflow.requests.arrival",
                "6s"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    SERVICE.close();
  }

  @AfterEach
  void hang_up() throws IOException {
    for (var socket : open) {
      socket.close();
    }
    open.clear();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            gateway.bean(MeterRegistry.class).get("orderflow.connections.open").gauge().value()
                == 0);
  }

  @Test
  void an_address_with_its_share_is_hung_up_on_and_others_are_served() throws IOException {
    hold("127.0.0.2", SHARE);

    assertThat(isServed("127.0.0.2")).isFalse();
    assertThat(isServed("127.0.0.1")).isTrue();
    assertThat(open).noneMatch(ConnectionsIT::isClosed);
  }

  @Test
  void when_all_are_taken_every_other_address_has_one() throws IOException {
    hold("127.0.0.2", SHARE);
    hold("127.0.0.3", SHARE);

    assertThat(isServed("127.0.0.4")).isTrue();
    hold("127.0.0.4", 1);
    assertThat(isServed("127.0.0.4")).isFalse();
    assertThat(isServed("127.0.0.1")).isTrue();
  }

  @Test
  void a_trusted_proxy_has_no_share() throws IOException {
    hold(PROXY, SHARE + 1);

    assertThat(isServed(PROXY)).isTrue();
  }

  @Test
  void a_head_that_drips_is_not_waited_for() throws IOException {
    var dripping = sent("127.0.0.1", HALF);
    open.add(dripping);

    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          try {
            dripping.getOutputStream().write('t');
          } catch (SocketException _) {
            return true;
          }
          return isClosed(dripping);
        });
  }

  private void hold(String address, int connections) throws IOException {
    for (var count = 0; count < connections; count++) {
      open.add(sent(address, HALF));
    }
  }

  private boolean isServed(String address) throws IOException {
    try (var socket = sent(address, WHOLE)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .startsWith("HTTP/1.1 200");
    } catch (SocketException _) {
      return false;
    }
  }

  /** Whether the gateway has hung up; it says nothing to half a request. */
  private static boolean isClosed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private static Socket sent(String from, String bytes) throws IOException {
    var socket =
        new Socket(
            InetAddress.ofLiteral("127.0.0.1"), gateway.port(), InetAddress.ofLiteral(from), 0);
    socket.setSoTimeout(10_000);
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    } catch (SocketException _) {
      // It was hung up on already, which its reader finds out.
    }
    return socket;
  }
}
