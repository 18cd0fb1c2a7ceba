package dev.orderflow.bench.orders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Many readers of server-sent events with one thread between them: they share the processors with
 * what is measured. Each reads the states of one order over a connection of its own.
 */
final class Watchers implements AutoCloseable {
  private static final int BEGINNINGS_AT_ONCE = 100;
  private static final long SELECT_MS = 100;
  private static final String STATE = "event:order";

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private final Deque<Watcher> toBegin = new ArrayDeque<>();
  private int beginning;
  private int begun;

  Watchers() throws IOException {
    selector = Selector.open();
  }

  /** One of the readers, and what it has read. */
  static final class Watcher {
    private final URI instance;
    private final byte[] request;
    private int states;
    private long lastNanos;

    private Watcher(URI instance, byte[] request) {
      this.instance = instance;
      this.request = request;
    }

    /** How many states it has been told. */
    int states() {
      return states;
    }

    /** When it was told the last, as {@link System#nanoTime} says. */
    long lastNanos() {
      return lastNanos;
    }
  }

  /**
   * Has one watch an order, soon.
   *
   * @param token as the line of a header
   */
  Watcher watch(String instance, String orderId, String token) {
    var at = URI.create(instance);
    var request =
        "GET /orders/%s/events HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n"
            .formatted(orderId, at.getAuthority(), token);
    var watcher = new Watcher(at, request.getBytes(ISO_8859_1));
    toBegin.add(watcher);
    return watcher;
  }

  /** How many have been told their first state. */
  int begun() {
    return begun;
  }

  /** Reads what comes until something is so. */
  void readUntil(BooleanSupplier enough) throws IOException {
    while (!enough.getAsBoolean()) {
      while (beginning < BEGINNINGS_AT_ONCE && !toBegin.isEmpty()) {
        begin(toBegin.remove());
      }
      selector.select(this::read, SELECT_MS);
    }
  }

  private void begin(Watcher watcher) throws IOException {
    var channel =
        SocketChannel.open(
            new InetSocketAddress(watcher.instance.getHost(), watcher.instance.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.write(ByteBuffer.wrap(watcher.request));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, watcher);
    beginning++;
  }

  /** What is told at once comes in one piece: a state is some 500 bytes. */
  private void read(SelectionKey key) {
    try {
      var watcher = (Watcher) key.attachment();
      var channel = (SocketChannel) key.channel();
      buffer.clear();
      if (channel.read(buffer) < 0) {
        channel.close();
        return;
      }
      var text = new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
      if (watcher.states == 0 && text.startsWith("HTTP/1.1 ") && !text.startsWith("HTTP/1.1 200")) {
        throw new EOFException("a stream was answered with " + text);
      }
      for (var at = text.indexOf(STATE); at >= 0; at = text.indexOf(STATE, at + 1)) {
        watcher.states++;
        watcher.lastNanos = System.nanoTime();
        if (watcher.states == 1) {
          beginning--;
          begun++;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
