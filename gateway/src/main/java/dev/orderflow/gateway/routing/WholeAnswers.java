package dev.orderflow.gateway.routing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sends a request whose body is known to an instance and takes the answer whole, so that an
 * instance that dies in the middle of it is noticed while that can be mended. Spring's own exchange
 * passes both on piece by piece, which takes a thread, two pipes and chunks for a few hundred
 * bytes.
 */
final class WholeAnswers implements ProxyExchange {
  private final HttpClient http;
  private final Duration limit;

  /**
   * @param limit how long the whole answer may take
   */
  WholeAnswers(HttpClient http, Duration limit) {
    this.http = http;
    this.limit = limit;
  }

  /**
   * Returns when the whole answer is there.
   *
   * @throws ResourceAccessException when there is none, or not in time
   */
  @Override
  public ServerResponse exchange(Request request) {
    try {
      var answer = answer(request);
      var body = answer.body();
      var response =
          GatewayServerResponse.status(answer.statusCode())
              .build((_, out) -> {
                if (body.length > 0) {
                  out.setContentLength(body.length);
                  out.getOutputStream().write(body);
                }
                return null;
              });
      var head = new Head(HttpStatusCode.valueOf(answer.statusCode()), headers(answer));
      request.getResponseConsumers().forEach(consumer -> consumer.accept(head, response));
      return response;
    } catch (IOException e) {
      throw new ResourceAccessException(request.getUri() + " did not answer", e);
    }
  }

  private HttpResponse<byte[]> answer(Request request) throws IOException {
    var body = request.getServerRequest().servletRequest().getInputStream().readAllBytes();
    var call =
        HttpRequest.newBuilder(request.getUri())
            .method(
                request.getMethod().name(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    request
        .getHeaders()
        .forEach((name, values) -> values.forEach(value -> call.header(name, value)));
    // The client's own time limit ends with the head of the answer.
    var answer = http.sendAsync(call.build(), BodyHandlers.ofByteArray());
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      answer.cancel(true);
      throw new HttpTimeoutException("no whole answer in " + limit);
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static HttpHeaders headers(HttpResponse<?> answer) {
    var headers = new HttpHeaders();
    answer.headers().map().forEach(headers::addAll);
    return headers;
  }

  /** What stands before the body of an answer. */
  private record Head(HttpStatusCode status, HttpHeaders headers) implements Response {
    @Override
    public HttpStatusCode getStatusCode() {
      return status;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
