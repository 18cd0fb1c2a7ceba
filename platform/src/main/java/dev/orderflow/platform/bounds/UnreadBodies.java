package dev.orderflow.platform.bounds;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on a client that was answered while its request's body is still on its way. Tomcat would
 * read the rest, however long that takes, to use the connection again. What comes within a moment
 * is read: a client that is disconnected while it sends may lose the answer.
 */
final class UnreadBodies extends ValveBase {
  private static final long MOMENT_NANOS = Duration.ofMillis(300).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** Also for streams. */
  UnreadBodies() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (!request.isAsync() && !request.getCoyoteRequest().isFinished()) {
      response.finishResponse();
      if (!endsSoon(request.getCoyoteRequest())) {
        response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
      }
    }
  }

  private static boolean endsSoon(org.apache.coyote.Request request) {
    var until = System.nanoTime() + MOMENT_NANOS;
    try {
      while (!request.isFinished() && System.nanoTime() - until < 0) {
        request.action(ActionCode.AVAILABLE, true);
        if (request.getAvailable() == 0) {
          Thread.sleep(PAUSE);
        } else if (request.doRead(new Passed()) < 0) {
          return true;
        }
      }
      return request.isFinished();
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is read and not looked at. */
  private static final class Passed implements ApplicationBufferHandler {
    private @Nullable ByteBuffer buffer;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public @Nullable ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {}
  }
}
