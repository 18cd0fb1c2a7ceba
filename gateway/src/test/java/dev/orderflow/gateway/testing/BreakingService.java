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

  private volatile byte[] firstWords = {};

  /** Listens on a free port, and sends nothing. */
  public BreakingService() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** Sends this before it breaks off, and forgets what came. */
  public void saying(String words) {
    firstWords = words.getBytes(StandardCharsets.UTF_8);
    requests.set(0);
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

  private void serve() {
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
