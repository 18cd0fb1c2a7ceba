package dev.orderflow.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address in front of several gateways; it says which of them answers from now on. */
public final class FrontProxy implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;

  /** Leads to this gateway at first. */
  public FrontProxy(RunningGateway gateway) {
    target = gateway.port();
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Its address. */
  public String origin() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Leads to this gateway from now on. */
  public void leadTo(RunningGateway gateway) {
    target = gateway.port();
    closeOpen();
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        var gateway = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(gateway);
        Thread.ofVirtual().start(() -> pass(client, gateway));
        Thread.ofVirtual().start(() -> pass(gateway, client));
      }
    } catch (IOException closed) {
      closeOpen();
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // So is the other direction.
    }
  }

  private void closeOpen() {
    open.forEach(FrontProxy::close);
    open.clear();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
