package dev.orderflow.gateway.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Asks an instance for a stream. It must begin in time, and may then last; when the client hangs
 * up, the instance is hung up on. Spring's own client does neither: its time limit is one for the
 * whole answer, and closing an answer reads it to its end, which a stream does not have.
 */
final class StreamRequests implements ClientHttpRequestInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRequests.class);

  private final Duration limit;

  /**
   * @param limit how long the head of an answer may take
   */
  StreamRequests(Duration limit) {
    this.limit = limit;
  }

  /**
   * Returns when the head of the answer is there.
   *
   * @throws HttpTimeoutException when it is not in time
   */
  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    var answer = new CompletableFuture<ClientHttpResponse>();
    var asking =
        Thread.ofVirtual()
            .name("stream-request")
            .start(() -> {
              try {
                var stream = new StreamResponse(execution.execute(request, body));
                if (!answer.complete(stream)) {
                  stream.close();
                }
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      giveUp(answer, asking);
      throw new HttpTimeoutException("no answer in " + limit);
    } catch (InterruptedException _) {
      giveUp(answer, asking);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static void giveUp(CompletableFuture<ClientHttpResponse> answer, Thread asking) {
    if (!answer.cancel(false)) {
      var _ = answer.thenAccept(ClientHttpResponse::close);
    }
    asking.interrupt();
  }

  /** An answer that can be closed in its middle. */
  private record StreamResponse(ClientHttpResponse answer) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return answer.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return answer.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
      return answer.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
      return answer.getBody();
    }

    @Override
    public void close() {
      try {
        answer.getBody().close();
      } catch (IOException e) {
        LOG.debug("The end of a stream failed", e);
      }
    }
  }
}
