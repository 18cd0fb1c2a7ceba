package dev.orderflow.platform.bounds;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * The connection of a request that has no body, or one that has been read. The servlet API notices
 * a client that hangs up only when the next bytes are written to it; what is written seldom, such
 * as a stream of events, keeps its place until then. Tomcat itself can look: a connection that has
 * ended has something to read. So has one whose client sends its next request before this one's
 * answer has ended; no client of a stream does.
 */
public final class ClientConnection {
  private static final String ATTRIBUTE = ClientConnection.class.getName();

  private final org.apache.coyote.Request request;

  private ClientConnection(org.apache.coyote.Request request) {
    this.request = request;
  }

  /** The connection that the request came over. */
  public static ClientConnection of(ServletRequest request) {
    return (ClientConnection) Objects.requireNonNull(request.getAttribute(ATTRIBUTE), ATTRIBUTE);
  }

  /** Whether the client hung up. Does not block; to be asked only while the request is open. */
  public boolean isGone() {
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() > 0;
  }

  /** Lets requests know their connections. */
  static final class Introduction extends ValveBase {
    /** Also for streams. */
    Introduction() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      request.setAttribute(ATTRIBUTE, new ClientConnection(request.getCoyoteRequest()));
      getNext().invoke(request, response);
    }
  }
}
