package dev.orderflow.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance that takes every request, sends something or nothing, and breaks off. */
public final class BreakingService implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicInteger requests = new AtomicInteger();

  /** Sends this before it breaks off. */
  public BreakingService(String firstWords) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> serve(firstWords.getBytes(StandardCharsets.UTF_8)));
  }

  /** Its base URL. */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** How many requests came. */
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve(byte[] firstWords) {
    while (!socket.isClosed()) {
      try (var connection = socket.accept()) {
        connection.getInputStream().read(new byte[8192]);
        requests.incrementAndGet();
        connection.getOutputStream().write(firstWords);
        connection.getOutputStream().flush();
      } catch (IOException e) {
        continue;
      }
    }
  }
}
