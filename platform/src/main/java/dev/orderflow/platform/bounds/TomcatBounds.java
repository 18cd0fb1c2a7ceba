package dev.orderflow.platform.bounds;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/**
 * What Tomcat may hold. A connection that waits costs its buffers and the head of its request; only
 * a request that has a thread costs all that belongs to one. So there are as many threads as there
 * are places for requests, and some more to refuse the rest; what has none waits as a connection.
 * Virtual threads, since most of them wait; a pool, since they are to be counted.
 */
final class TomcatBounds implements TomcatConnectorCustomizer {
  /** Threads for refusals and health checks. */
  private static final int SPARE_THREADS = 64;

  /** By Tomcat, which would let those beyond the bound wait. */
  private static final int UNBOUNDED = -1;

  /** Per connection, reading and writing; Tomcat's 8 KB fit larger machines. */
  private static final String SOCKET_BUFFER_BYTES = "2048";

  /** Forms only ask for tokens or sign in. Tomcat makes room for what a request announces. */
  private static final int FORM_BYTES = 8 * 1024;

  /**
   * What nothing reads of a chunked body. Tomcat reads it within one piece, so a client could take
   * its time for each of the 8 KB that it allows.
   */
  private static final int CHUNK_EXTRA_BYTES = 16;

  private final RequestProperties bounds;
  private final Connections connections;
  private final int places;

  /**
   * @param places how many requests may hold a thread at a time, streams included
   */
  TomcatBounds(RequestProperties bounds, Connections connections, int places) {
    this.bounds = bounds;
    this.connections = connections;
    this.places = places;
  }

  @Override
  public void customize(Connector connector) {
    var protocol = (BoundedHttp) connector.getProtocolHandler();
    protocol.bound(connections, bounds.arrival());
    protocol.setMaxConnections(UNBOUNDED);
    protocol.setAcceptCount(bounds.maxConnections());
    // A connection between two requests may be silent for longer.
    protocol.setKeepAliveTimeout(protocol.getConnectionTimeout());
    protocol.setConnectionTimeout(Math.toIntExact(bounds.silence().toMillis()));
    protocol.setExecutor(threads());
    protocol.setMaxExtensionSize(CHUNK_EXTRA_BYTES);
    protocol.setMaxTrailerSize(CHUNK_EXTRA_BYTES);
    connector.setMaxPostSize(FORM_BYTES);
    connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER_BYTES);
    connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER_BYTES);
  }

  private Executor threads() {
    var threads =
        new ThreadPoolExecutor(
            places + SPARE_THREADS,
            places + SPARE_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("request-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
