package dev.orderflow.gateway.routing;

import dev.orderflow.platform.error.BrokenResponses;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sends requests whose bodies are known to instances. Spring's own exchange passes a body on piece
 * by piece, which takes a thread, two pipes and chunks for a few hundred bytes, and reads an answer
 * to its end to close it, which a stream does not have.
 */
final class InstanceCalls {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceCalls.class);

  private final HttpClient http;
  private final Duration limit;

  /**
   * @param limit how long an answer may take to be there, as far as the call waits for it
   */
  InstanceCalls(HttpClient http, Duration limit) {
    this.http = http;
    this.limit = limit;
  }

  /**
   * Passes the body of an answer on.
   *
   * @param <T> the body
   */
  @FunctionalInterface
  interface Passing<T> {
    void pass(T body, HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  /**
   * Returns when there is as much of the answer as the handler waits for.
   *
   * @throws ResourceAccessException when there is none, or not in time
   * @throws OverloadedException when there is no room for it, of the caller's
   * @throws UnavailableException when there is no room for it
   */
  <T> ServerResponse exchange(
      ProxyExchange.Request request, BodyHandler<T> handler, Passing<T> passing) {
    try {
      var answer = answer(request, handler);
      var response =
          GatewayServerResponse.status(answer.statusCode())
              .build((asked, out) -> {
                passOn(answer.body(), passing, asked, out);
                return null;
              });
      var head = new Head(HttpStatusCode.valueOf(answer.statusCode()), headers(answer));
      request.getResponseConsumers().forEach(consumer -> consumer.accept(head, response));
      return response;
    } catch (IOException e) {
      throw new ResourceAccessException(request.getUri() + " did not answer", e);
    }
  }

  /**
   * Breaks the response off when it fails after it has begun. Either side may have gone away in the
   * middle of a stream, which is no error.
   */
  private static <T> void passOn(
      T body, Passing<T> passing, HttpServletRequest asked, HttpServletResponse out)
      throws IOException {
    try {
      passing.pass(body, asked, out);
    } catch (IOException | RuntimeException e) {
      if (!out.isCommitted()) {
        throw e;
      }
      LOG.debug("{} {} broke off", asked.getMethod(), asked.getRequestURI(), e);
      BrokenResponses.breakOff(asked, e);
    }
  }

  private <T> HttpResponse<T> answer(ProxyExchange.Request request, BodyHandler<T> handler)
      throws IOException {
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
    var answer = http.sendAsync(call.build(), handler);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer in " + limit);
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /** The client wraps what it does not know; a refusal of ours is not the instance's failure. */
  private static IOException failure(ExecutionException failed) {
    for (var cause = failed.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof OverloadedException || cause instanceof UnavailableException) {
        throw (RuntimeException) cause;
      }
    }
    return failed.getCause() instanceof IOException failure
        ? failure
        : new IOException(failed.getCause());
  }

  private static HttpHeaders headers(HttpResponse<?> answer) {
    var headers = new HttpHeaders();
    answer.headers().map().forEach(headers::addAll);
    return headers;
  }

  /** What stands before the body of an answer. */
  private record Head(HttpStatusCode status, HttpHeaders headers)
      implements ProxyExchange.Response {
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
