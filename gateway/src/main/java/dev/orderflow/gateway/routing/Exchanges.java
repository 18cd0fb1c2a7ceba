package dev.orderflow.gateway.routing;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchangeHandlerFunction;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.stereotype.Component;

/** Makes handlers that pass requests on, each with all filters of headers. */
@Component
final class Exchanges {
  private final ObjectProvider<RequestHttpHeadersFilter> requestHeaders;
  private final ObjectProvider<ResponseHttpHeadersFilter> responseHeaders;
  private final ApplicationContext context;

  Exchanges(
      ObjectProvider<RequestHttpHeadersFilter> requestHeaders,
      ObjectProvider<ResponseHttpHeadersFilter> responseHeaders,
      ApplicationContext context) {
    this.requestHeaders = requestHeaders;
    this.responseHeaders = responseHeaders;
    this.context = context;
  }

  /**
   * A handler that passes requests on in this way. By itself it looks for the filters when all is
   * started; the port is open before, and a request that comes in between would fail.
   */
  ProxyExchangeHandlerFunction through(ProxyExchange exchange) {
    var handler = new ProxyExchangeHandlerFunction(exchange, requestHeaders, responseHeaders);
    handler.onApplicationEvent(new ContextRefreshedEvent(context));
    return handler;
  }
}
