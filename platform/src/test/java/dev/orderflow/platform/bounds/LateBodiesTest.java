package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

class LateBodiesTest {
  private static final Duration ARRIVAL = Duration.ofSeconds(1);

  @Test
  void a_body_that_is_waited_for_too_long_in_all_is_refused() {
    assertThatThrownBy(() -> read(Duration.ZERO, ARRIVAL.dividedBy(2)))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void a_body_that_is_there_is_not_late_however_late_it_is_read() throws Exception {
    assertThat(read(ARRIVAL, Duration.ZERO)).isEqualTo(2);
  }

  /**
   * Reads two pieces.
   *
   * @param busy what the server does before
   * @param underWay of each piece
   */
  private static int read(Duration busy, Duration underWay) throws IOException, ServletException {
    var coyote = new org.apache.coyote.Request();
    coyote.setInputBuffer(new Arriving(underWay));
    coyote.markStartTime();
    var reader = new Reader(busy);
    var late = new LateBodies(ARRIVAL);
    late.setNext(reader);

    late.invoke(
        new Request(new Connector(), coyote), new Response(new org.apache.coyote.Response()));
    return reader.read;
  }

  private static void pass(Duration time) {
    var begun = System.nanoTime();
    await().pollDelay(Duration.ZERO).until(() -> System.nanoTime() - begun >= time.toNanos());
  }

  private record Arriving(Duration underWay) implements InputBuffer {
    @Override
    public int doRead(ApplicationBufferHandler handler) {
      pass(underWay);
      return 1;
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private static final class Reader extends ValveBase {
    private final Duration busy;
    private int read;

    Reader(Duration busy) {
      this.busy = busy;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException {
      pass(busy);
      var body = request.getCoyoteRequest().getInputBuffer();
      read = body.doRead(null) + body.doRead(null);
    }
  }
}
