package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.ratelimit.TrustedProxies;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addTransportFilter(
                new ConnectionBound(new Connections(2, new TrustedProxies(List.of()))))
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
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
    send(socket, HELLO);
    return socket;
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // The server has hung up, as a read will find.
    }
  }

  /** False when the server hangs up; fails when it does neither. */
  private static boolean answersPing(Socket socket) throws IOException {
    send(socket, PING);
    try {
      return readsPong(socket);
    } catch (SocketException _) {
      // It hung up before it had read all.
      return false;
    }
  }

  private static boolean readsPong(Socket socket) throws IOException {
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
