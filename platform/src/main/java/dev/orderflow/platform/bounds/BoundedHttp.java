package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1, which closes connections that are too many, and those whose next request has
 * begun and does not come to the end of its head. Tomcat creates it by its class name.
 */
public final class BoundedHttp extends Http11NioProtocol {
  /** Bounds nothing until it is told what. */
  public BoundedHttp() {
    super(new Endpoint());
  }

  void bound(Connections connections, Duration arrival) {
    var endpoint = (Endpoint) getEndpoint();
    endpoint.shares = connections;
    endpoint.arrivalNanos = arrival.toNanos();
  }

  /** Tomcat counts connections only, and lets the next ones wait, whatever their address. */
  private static final class Endpoint extends NioEndpoint {
    private final Map<SocketChannel, Connections.Place> places = new ConcurrentHashMap<>();
    private @Nullable Connections shares;
    private long arrivalNanos;

    @Override
    public void setHandler(Handler<NioChannel> handler) {
      super.setHandler(new Watch(handler));
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
      try {
        var peer = (InetSocketAddress) socket.getRemoteAddress();
        places.put(socket, Objects.requireNonNull(shares).of(peer));
      } catch (OverloadedException | UnavailableException | IOException _) {
        destroySocket(socket);
        return false;
      }
      if (super.setSocketOptions(socket)) {
        return true;
      }
      leave(socket);
      return false;
    }

    private void leave(SocketChannel socket) {
      var place = places.remove(socket);
      if (place != null) {
        place.giveBack();
      }
    }

    private boolean isLate(SocketWrapperBase<NioChannel> connection) {
      if (connection.getCurrentProcessor() instanceof AbstractProcessor processor
          && !processor.isAsync()
          && !processor.isUpgrade()) {
        var begun = processor.getRequest().getStartTimeNanos();
        return begun >= 0 && System.nanoTime() - begun > arrivalNanos;
      }
      return false;
    }

    /** Between the endpoint and what reads requests; hears of each piece, and of each end. */
    private final class Watch implements Handler<NioChannel> {
      private final Handler<NioChannel> handler;

      Watch(Handler<NioChannel> handler) {
        this.handler = handler;
      }

      @Override
      public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        var state = handler.process(connection, event);
        // What is whole is not late, however long its last piece waited for a thread.
        return state == SocketState.LONG && isLate(connection) ? SocketState.CLOSED : state;
      }

      @Override
      public void release(SocketWrapperBase<NioChannel> connection) {
        leave(connection.getSocket().getIOChannel());
        handler.release(connection);
      }

      @Override
      public @Nullable Object getGlobal() {
        return handler.getGlobal();
      }

      @Override
      public void pause() {
        handler.pause();
      }

      @Override
      public void recycle() {
        handler.recycle();
      }
    }
  }
}
