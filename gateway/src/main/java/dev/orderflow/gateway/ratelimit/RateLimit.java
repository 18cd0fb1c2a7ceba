package dev.orderflow.gateway.ratelimit;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.Problems;
import io.github.bucket4j.ConsumptionProbe;
import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Refuses the requests of a caller that asks too often. The caller is the token's subject, or the
 * address where there is no token. While Redis does not answer, every request passes: a limit that
 * protects the platform must not be what takes it down.
 */
public final class RateLimit implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(RateLimit.class);

  private final Buckets buckets;
  private final Duration patience;

  RateLimit(Buckets buckets, Duration patience) {
    this.buckets = buckets;
    this.patience = patience;
  }

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    ConsumptionProbe probe;
    try {
      probe =
          buckets
              .draw(callerOf(request))
              .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    } catch (CompletionException e) {
      LOG.debug("Not limited, Redis does not answer: {}", String.valueOf(e.getCause()));
      return next.handle(request);
    }
    return probe.isConsumed() ? next.handle(request) : refuse(request, probe);
  }

  private static String callerOf(ServerRequest request) {
    return request
        .principal()
        .map(Principal::getName)
        .map("subject:"::concat)
        .orElseGet(() ->
            "address:" + Objects.requireNonNullElse(request.servletRequest().getRemoteAddr(), ""));
  }

  private static ServerResponse refuse(ServerRequest request, ConsumptionProbe probe) {
    var seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
    var problem =
        Problems.answer(
            Failure.of(ErrorCode.RATE_LIMITED, "You have asked too often; wait a little."),
            request.path());
    return ServerResponse.status(problem.getStatusCode())
        .headers(headers -> {
          headers.addAll(problem.getHeaders());
          headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        })
        .body(Objects.requireNonNull(problem.getBody()));
  }
}
