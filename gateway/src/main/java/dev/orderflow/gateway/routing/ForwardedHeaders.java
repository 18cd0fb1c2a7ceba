package dev.orderflow.gateway.routing;

import dev.orderflow.platform.idempotency.IdempotencyHeaders;
import dev.orderflow.platform.tracing.Traces;
import java.util.Collections;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Passes on the request headers that the services know, and no other: nothing that a client claims
 * about itself beside its token gets behind the gateway, and no header of one connection (RFC 9110,
 * section 7.6.1) gets into the next.
 */
@Component
final class ForwardedHeaders implements RequestHttpHeadersFilter {
  private static final List<String> KNOWN =
      List.of(
          HttpHeaders.ACCEPT,
          HttpHeaders.ACCEPT_LANGUAGE,
          HttpHeaders.AUTHORIZATION,
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.IF_MATCH,
          HttpHeaders.IF_NONE_MATCH,
          IdempotencyHeaders.KEY,
          "Last-Event-ID",
          "Orderflow-Consistency");

  private final Traces traces;

  ForwardedHeaders(Traces traces) {
    this.traces = traces;
  }

  @Override
  public HttpHeaders apply(HttpHeaders input, ServerRequest request) {
    var forwarded = new HttpHeaders();
    for (var name : KNOWN) {
      // As they came: Spring's own view of the content type has a character set added.
      var values = Collections.list(request.servletRequest().getHeaders(name));
      if (!values.isEmpty()) {
        forwarded.addAll(name, values);
      }
    }
    // Of the gateway's own trace: a client's word would decide what is sampled.
    var trace = traces.header();
    if (trace != null) {
      forwarded.set(Traces.TRACEPARENT, trace);
    }
    return forwarded;
  }
}
