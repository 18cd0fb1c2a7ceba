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
 * Reads no further of a request that has taken too long to arrive. Tomcat has a time limit for each
 * piece only, so a slow client could take for ever.
 */
final class LateBodies extends ValveBase {
  private final long arrivalNanos;

  /**
   * @param arrival how long a request may take to arrive, from its first byte
   */
  LateBodies(Duration arrival) {
    super(true);
    this.arrivalNanos = arrival.toNanos();
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    var coyote = request.getCoyoteRequest();
    var arriving = coyote.getInputBuffer();
    coyote.setInputBuffer(new UntilLate(arriving, coyote.getStartTimeNanos() + arrivalNanos));
    try {
      getNext().invoke(request, response);
    } finally {
      coyote.setInputBuffer(arriving);
    }
  }

  private record UntilLate(InputBuffer arriving, long untilNanos) implements InputBuffer {
    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
      var read = arriving.doRead(handler);
      // What is at its end has arrived, however late the server comes to read that.
      if (read >= 0 && System.nanoTime() - untilNanos > 0) {
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
