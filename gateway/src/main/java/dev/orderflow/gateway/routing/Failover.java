package dev.orderflow.gateway.routing;

import dev.orderflow.platform.bounds.Bound;
import dev.orderflow.platform.error.UnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sends a request to an instance, and to the next one when that can do no harm: the first could not
 * even be connected to, or it broke off a read. A write that broke off may have taken effect, so it
 * is the caller who must send it again, under the same idempotency key.
 */
public final class Failover implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  private final Instances instances;
  private final ForwardingProperties forwarding;
  private final Bound buffers;

  /**
   * @param instances where the request may go
   * @param buffers in which the bodies of requests have their room
   */
  Failover(Instances instances, ForwardingProperties forwarding, Bound buffers) {
    this.instances = instances;
    this.forwarding = forwarding;
    this.buffers = buffers;
  }

  /**
   * Forwards the request.
   *
   * @throws UnavailableException when no instance answered
   */
  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    var body = RequestBody.of(request, forwarding.maxRequestSize(), buffers);
    @Nullable Exception failure = null;
    for (var instance : instances.inTurn()) {
      try {
        return send(body.into(request), instance, next);
      } catch (ResourceAccessException | IOException e) {
        LOG.debug("{} {} failed at {}", request.method(), request.path(), instance, e);
        failure = e;
        if (!mayGoElsewhere(
            request.method(), e instanceof ResourceAccessException ? e.getCause() : e)) {
          break;
        }
      }
    }
    throw new UnavailableException(
        "The service did not answer, and what became of the request is not known. What has an"
            + " idempotency key, and what only reads, can be sent again as it is.",
        failure);
  }

  private ServerResponse send(
      ServerRequest request, URI instance, HandlerFunction<ServerResponse> next) throws Exception {
    MvcUtils.setRequestUrl(request, instance);
    return next.handle(request);
  }

  /** Whether a request that failed like this can do no harm at another instance. */
  public static boolean mayGoElsewhere(HttpMethod method, @Nullable Throwable failure) {
    return switch (failure) {
      case ConnectException _, NoRouteToHostException _, HttpConnectTimeoutException _ -> true;
      case HttpTimeoutException _ -> false;
      case null, default -> method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    };
  }
}
