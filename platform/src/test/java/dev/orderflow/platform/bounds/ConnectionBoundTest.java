package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two connections, and so one of each address. */
class ConnectionBoundTest {
  /** RFC 9113, section 3.4: the preface, and settings that are all as usual. */
  private static final byte[] HELLO =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  /** RFC 9113, section 6.7. */
  private static final byte[] PING =
      "\0\0\10\6\0\0\0\0\0pingpong".getBytes(StandardCharsets.US_ASCII);

  private final ConnectionBound bound = new ConnectionBound(2);
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addTransportFilter(bound)
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private Attributes from(String address) {
    return Attributes.newBuilder()
        .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress(address, 1))
        .build();
  }

  @Test
  void one_address_leaves_room_for_others_and_all_together_have_so_many() {
    var held = bound.transportReady(from("192.0.2.1"));
    assertThatThrownBy(() -> bound.transportReady(from("192.0.2.1")))
        .isInstanceOf(OverloadedException.class);
    bound.transportReady(from("192.0.2.2"));
    assertThatThrownBy(() -> bound.transportReady(from("192.0.2.3")))
        .isInstanceOf(UnavailableException.class);

    bound.transportTerminated(held);

    assertThatCode(() -> bound.transportReady(from("192.0.2.1"))).doesNotThrowAnyException();
  }

  @Test
  void a_connection_that_is_too_much_is_closed_and_one_that_ends_makes_room() throws IOException {
    try (var first = connected()) {
      assertThat(answersPing(first)).isTrue();
      try (var second = connected()) {
        assertThat(answersPing(second)).isFalse();
      }
      assertThat(answersPing(first)).isTrue();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          try (var next = connected()) {
            return answersPing(next);
          }
        });
  }

  private Socket connected() throws IOException {
    var socket = new Socket("127.0.0.1", server.getPort());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(HELLO);
    return socket;
  }

  /** False when the server hangs up; fails when it does neither. */
  private static boolean answersPing(Socket socket) throws IOException {
    socket.getOutputStream().write(PING);
    var in = socket.getInputStream();
    while (true) {
      var head = in.readNBytes(9);
      if (head.length < 9) {
        return false;
      }
      var payload = in.readNBytes(ByteBuffer.wrap(head).getInt() >>> 8);
      if (head[3] == 6 && head[4] == 1) {
        return new String(payload, StandardCharsets.US_ASCII).equals("pingpong");
      }
    }
  }
}
