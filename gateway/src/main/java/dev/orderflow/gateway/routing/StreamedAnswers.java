package dev.orderflow.gateway.routing;

import dev.orderflow.platform.bounds.ClientConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Passes an answer on as it comes. It must begin in time, and may then last. When the client hangs
 * up, the instance is hung up on, also while there is nothing to pass on. So it is when it says
 * nothing for too long, not even that it is there: a machine that is gone ends no stream.
 */
final class StreamedAnswers implements ProxyExchange {
  private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswers.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int PIECE_BYTES = 4096;

  private final InstanceCalls calls;
  private final long silenceNanos;

  /**
   * @param silence how long an instance may say nothing on a stream
   */
  StreamedAnswers(InstanceCalls calls, Duration silence) {
    this.calls = calls;
    this.silenceNanos = silence.toNanos();
  }

  @Override
  public ServerResponse exchange(Request request) {
    return calls.exchange(request, BodyHandlers.ofInputStream(), this::pass);
  }

  private void pass(InputStream stream, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var client = ClientConnection.of(request);
    var heard = new AtomicLong(System.nanoTime());
    try (stream;
        var _ =
            new Lookout(
                () -> client.isGone() || System.nanoTime() - heard.get() > silenceNanos, stream)) {
      response.flushBuffer();
      var out = response.getOutputStream();
      var piece = new byte[PIECE_BYTES];
      for (var read = stream.read(piece); read >= 0; read = stream.read(piece)) {
        out.write(piece, 0, read);
        out.flush();
        heard.set(System.nanoTime());
      }
    }
  }

  /** Ends the stream when one of its sides is gone; looks no more once it is closed. */
  private record Lookout(Thread looking) implements AutoCloseable {
    Lookout(BooleanSupplier gone, InputStream stream) {
      this(Thread.ofVirtual().name("lookout").start(() -> look(gone, stream)));
    }

    private static void look(BooleanSupplier gone, InputStream stream) {
      try {
        do {
          Thread.sleep(LOOK_EVERY);
        } while (!gone.getAsBoolean());
        stream.close();
      } catch (InterruptedException _) {
        // The stream has ended.
      } catch (IOException e) {
        LOG.debug("The end of a stream failed", e);
      }
    }

    @Override
    public void close() {
      looking.interrupt();
      try {
        looking.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
