package dev.orderflow.platform.bounds;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads no further of a body that takes too long to arrive. Tomcat has a time limit for each piece
 * only, so a slow client could take for ever. What counts is how long the server waits for pieces:
 * a body that is there is not late, however late the server comes to read it.
 */
final class LateBodies extends ValveBase {
  private final long arrivalNanos;

  /**
   * @param arrival how long a body may be waited for, of all its pieces together
   */
  LateBodies(Duration arrival) {
    super(true);
    this.arrivalNanos = arrival.toNanos();
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    var coyote = request.getCoyoteRequest();
    var arriving = coyote.getInputBuffer();
    coyote.setInputBuffer(new UntilLate(arriving, arrivalNanos));
    try {
      getNext().invoke(request, response);
    } finally {
      coyote.setInputBuffer(arriving);
    }
  }

  private static final class UntilLate implements InputBuffer {
    private final InputBuffer arriving;
    private long leftNanos;

    UntilLate(InputBuffer arriving, long leftNanos) {
      this.arriving = arriving;
      this.leftNanos = leftNanos;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
      var asked = System.nanoTime();
      var read = arriving.doRead(handler);
      leftNanos -= System.nanoTime() - asked;
      if (leftNanos < 0) {
        throw new BadRequestException("The request takes too long to arrive.");
      }
      return read;
    }

    @Override
    public int available() {
      return arriving.available();
    }
  }
}
