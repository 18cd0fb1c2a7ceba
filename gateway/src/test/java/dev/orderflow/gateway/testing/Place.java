package dev.orderflow.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port of this machine's that is kept for a server which comes and goes. Connections to it are
 * refused meanwhile, and nothing else gets it: only a server that reuses addresses can listen
 * there.
 */
public final class Place implements AutoCloseable {
  private final SocketChannel bound;

  /** A free one. */
  public Place() {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** This one. */
  public Place(SocketAddress address) {
    try {
      bound =
          SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its number. */
  public int port() {
    try {
      return ((InetSocketAddress) bound.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      bound.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
