package dev.orderflow.gateway.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Lets a few token requests be under way, and the others wait for their turn: all of them come from
 * one address, of which an issuer may take only so many at a time. Ours takes eight.
 */
final class TokenCalls implements ClientHttpRequestInterceptor {
  private static final int AT_A_TIME = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedIOException("no turn in " + PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    try {
      return execution.execute(request, body);
    } finally {
      turns.release();
    }
  }
}
