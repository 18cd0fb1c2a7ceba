package dev.orderflow.gateway.pages;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Files of pages, and what the console asks again and again, are measured, and not traced: they
 * would be sampled in the place of the orders that are to be seen.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UntracedPages implements TracingObservationHandler<ServerRequestObservationContext> {
  private static final List<String> FILES = List.of("/shop/", "/shared/", "/console", "/webjars/");
  private static final List<String> FORWARDED = List.of("/", "/favicon.ico");

  private static final List<String> LOOKED_AT = List.of("/admin/", "/session");

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof ServerRequestObservationContext http
        && http.getCarrier() != null
        && (isPage(http.getCarrier().getRequestURI()) || isLook(http.getCarrier()));
  }

  private static boolean isLook(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && LOOKED_AT.stream().anyMatch(request.getRequestURI()::startsWith);
  }

  private static boolean isPage(String path) {
    return FORWARDED.contains(path) || FILES.stream().anyMatch(path::startsWith);
  }

  /** Those who measure look for the trace, and find that there is none. */
  @Override
  public void onStart(ServerRequestObservationContext context) {
    var _ = getTracingContext(context);
  }

  /** There is no span that could tell of it. */
  @Override
  public void onError(ServerRequestObservationContext context) {}

  /** There is no span that could tell of it. */
  @Override
  public void onEvent(Observation.Event event, ServerRequestObservationContext context) {}

  @Override
  public Tracer getTracer() {
    return Tracer.NOOP;
  }
}
