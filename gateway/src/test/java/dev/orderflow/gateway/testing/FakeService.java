package dev.orderflow.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An instance of a service: answers with its name unless told otherwise, and remembers. */
public final class FakeService implements AutoCloseable {
  private final String name;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile HttpHandler handler;
  private HttpServer server;

  /** Of one that has died. */
  private @Nullable Place place;

  /** What came. */
  public record Received(
      String method, String uri, Map<String, List<String>> headers, String body) {
    /** The value of a header; null when it did not come. */
    public String header(String header) {
      var values = headers.get(header);
      return values == null ? null : String.join(",", values);
    }
  }

  /** Listens on a free port. */
  public FakeService(String name) {
    this(name, "127.0.0.1", 0);
  }

  /** Listens on this loopback address and port; 0 is a free one. */
  public FakeService(String name, String address, int port) {
    this.name = name;
    this.handler = exchange -> answer(exchange, 200, name);
    listen(new InetSocketAddress(address, port));
  }

  /** Its base URL. */
  public String url() {
    return "http://" + server.getAddress().getHostString() + ":" + port();
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Its name, which is what it answers. */
  public String name() {
    return name;
  }

  /** All requests, the oldest first. */
  public List<Received> received() {
    return received;
  }

  /** The newest request. */
  public Received last() {
    return received.getLast();
  }

  /** Answers like this from now on. */
  public void answering(HttpHandler handler) {
    this.handler = handler;
  }

  /** Forgets what came and what it was told, and comes back if it has died. */
  public void reset() {
    if (place != null) {
      restart();
    }
    received.clear();
    handler = exchange -> answer(exchange, 200, name);
  }

  /** Sends an answer. */
  public static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Comes back on the same port. */
  public void restart() {
    leave();
    listen(server.getAddress());
  }

  /** Dies. */
  public void die() {
    server.stop(0);
    place = new Place(server.getAddress());
  }

  @Override
  public void close() {
    server.stop(0);
    leave();
  }

  private void leave() {
    if (place != null) {
      place.close();
      place = null;
    }
  }

  private void listen(InetSocketAddress address) {
    try {
      server = HttpServer.create(address, 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::handle);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    received.add(
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            new String(body, StandardCharsets.UTF_8)));
    // Who answers may read it again.
    exchange.setStreams(new ByteArrayInputStream(body), null);
    handler.handle(exchange);
  }
}
