package dev.orderflow.platform.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** What is read after a request's time to arrive is over. */
class LateBodiesTest {
  private static final int END = -1;

  @Test
  void a_piece_of_a_body_is_refused() {
    assertThatThrownBy(() -> readLate(1)).isInstanceOf(BadRequestException.class);
  }

  @Test
  void the_end_of_a_body_is_no_piece_of_it() throws Exception {
    assertThat(readLate(END)).isEqualTo(END);
  }

  private static int readLate(int arriving) throws IOException, ServletException {
    var coyote = new org.apache.coyote.Request();
    coyote.setInputBuffer(new Arriving(arriving));
    coyote.markStartTime();
    var reader = new Reader();
    var late = new LateBodies(Duration.ofNanos(-1));
    late.setNext(reader);

    late.invoke(
        new Request(new Connector(), coyote), new Response(new org.apache.coyote.Response()));
    return reader.read;
  }

  private record Arriving(int read) implements InputBuffer {
    @Override
    public int doRead(ApplicationBufferHandler handler) {
      return read;
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private static final class Reader extends ValveBase {
    private int read;

    @Override
    public void invoke(Request request, Response response) throws IOException {
      read = request.getCoyoteRequest().getInputBuffer().doRead(null);
    }
  }
}
