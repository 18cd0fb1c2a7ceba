package dev.orderflow.platform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, as a network does. */
public final class Relay implements AutoCloseable {
  private final ServerSocket entry;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile int swallowedUpTo;

  /** From a free port to this one. */
  public Relay(int target) {
    this.target = target;
    try {
      entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /** Where clients connect, on this machine. */
  public int port() {
    return entry.getLocalPort();
  }

  /** How many connections there have been. */
  public int connections() {
    return connections.get();
  }

  /** Loses, without a word, whatever is sent on the connections that there are. */
  public void swallow() {
    swallowedUpTo = connections.get();
  }

  @Override
  public void close() throws IOException {
    entry.close();
    for (var socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        var client = entry.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, server));
        var number = connections.incrementAndGet();
        Thread.startVirtualThread(() -> pass(client, server, number));
        Thread.startVirtualThread(() -> pass(server, client, number));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to, int number) {
    var buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (number > swallowedUpTo) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException _) {
      // One side has closed: so does the other.
    }
  }
}
