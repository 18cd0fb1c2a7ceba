package dev.orderflow.gateway.pages;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Files of pages are measured, and not traced: a page is dozens of them, which would be sampled in
 * the place of what the page then asks for.
 */
@Component
@Order(UntracedPages.BEFORE_ALL_OTHERS)
final class UntracedPages implements TracingObservationHandler<ServerRequestObservationContext> {
  static final int BEFORE_ALL_OTHERS = 0;

  private static final List<String> FILES = List.of("/shop/", "/shared/", "/console", "/webjars/");
  private static final List<String> FORWARDED = List.of("/", "/favicon.ico");

  private final Tracer tracer;

  UntracedPages(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof ServerRequestObservationContext http
        && http.getCarrier() != null
        && isPage(http.getCarrier().getRequestURI());
  }

  private static boolean isPage(String path) {
    return FORWARDED.contains(path) || FILES.stream().anyMatch(path::startsWith);
  }

  /** Those who measure look for the trace, and find that there is none. */
  @Override
  public void onStart(ServerRequestObservationContext context) {
    var _ = getTracingContext(context);
  }

  @Override
  public Tracer getTracer() {
    return tracer;
  }
}
