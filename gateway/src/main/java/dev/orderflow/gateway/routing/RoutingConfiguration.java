package dev.orderflow.gateway.routing;

import static org.springframework.web.servlet.function.RequestPredicates.methods;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import dev.orderflow.platform.bounds.OpenRequest;
import dev.orderflow.platform.error.AllowedMethods;
import dev.orderflow.platform.ratelimit.RateLimit;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.RequestRules;
import dev.orderflow.platform.security.Scope;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchangeHandlerFunction;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Makes routes, and the rules for who may use them, from the one table of {@link Route}. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
  /** Then the next instance is tried. */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

  /** What the gateway answers itself. */
  private static final List<String> OWN_CALLS_FOR_STAFF =
      List.of(
          "/admin/traces/**", //
          "/admin/overview",
          "/admin/orders/*/timeline",
          "/admin/dead-letters",
          "/admin/dead-letters/retry",
          "/admin/staff-actions",
          "/admin/demo/**");

  @Bean
  RouterFunction<ServerResponse> routes(
      KnownInstances known,
      ForwardingProperties forwarding,
      HttpClient callClient,
      StreamClient streamClient,
      ObjectProvider<RateLimit> rateLimit,
      ApplicationContext context) {
    var buffers = forwarding.buffers();
    var openStreams = forwarding.streams();
    var calls =
        through(
            new WholeAnswers(new InstanceCalls(callClient, forwarding.responseTimeout()), buffers),
            context);
    var imports =
        through(
            new WholeAnswers(new InstanceCalls(callClient, forwarding.importTimeout()), buffers),
            context);
    var streams =
        through(
            new StreamedAnswers(
                new InstanceCalls(streamClient.http(), forwarding.responseTimeout()),
                forwarding.streamSilence()),
            context);
    var all = RouterFunctions.route();
    for (var route : Route.values()) {
      var builder =
          GatewayRouterFunctions.route(route.name())
              .route(
                  methods(route.methods().toArray(HttpMethod[]::new)).and(path(route.path())),
                  request -> {
                    if (route.streams(request.method())) {
                      return streams.handle(request);
                    }
                    return (route.imports() ? imports : calls).handle(request);
                  });
      rateLimit.ifAvailable(limit ->
          builder.filter((request, next) -> {
            var address = request.servletRequest().getRemoteAddr();
            limit.count(Caller.ifKnown(), Objects.requireNonNullElse(address, ""));
            return next.handle(request);
          }));
      builder.filter((request, next) -> {
        if (route.streams(request.method())) {
          OpenRequest.of(request.servletRequest()).enter(openStreams);
        }
        return next.handle(request);
      });
      builder.filter(new Failover(known.of(route.service()), forwarding, buffers));
      all.add(builder.build());
    }
    Route.methodsByPath()
        .forEach((path, methods) ->
            all.route(path(path), new OtherMethods(AllowedMethods.withImplied(methods))));
    return all.build();
  }

  /**
   * A handler that passes requests on in this way, with all filters of headers. By itself it looks
   * for them when all is started; the port is open before, and a request that comes in between
   * would fail.
   */
  private static ProxyExchangeHandlerFunction through(
      ProxyExchange exchange, ApplicationContext context) {
    var handler =
        new ProxyExchangeHandlerFunction(
            exchange,
            context.getBeanProvider(RequestHttpHeadersFilter.class),
            context.getBeanProvider(ResponseHttpHeadersFilter.class));
    handler.onApplicationEvent(new ContextRefreshedEvent(context));
    return handler;
  }

  @Bean
  RequestRules requestRules() {
    return requests -> {
      for (var route : Route.values()) {
        for (var method : route.methods()) {
          var rule = requests.requestMatchers(method, route.path());
          switch (route.access()) {
            case ANYBODY -> rule.permitAll();
            case TOKEN -> rule.authenticated();
            case CUSTOMER -> rule.hasAuthority(Scope.CUSTOMER.authority());
            case STAFF -> rule.hasAuthority(Scope.STAFF.authority());
          }
        }
      }
      requests
          .requestMatchers(OWN_CALLS_FOR_STAFF.toArray(String[]::new))
          .hasAuthority(Scope.STAFF.authority());
      // What is no route is the gateway's own and open to all, or is not there: 404, not 401.
      requests.requestMatchers("/**").permitAll();
    };
  }

  @Bean(destroyMethod = "shutdownNow")
  HttpClient callClient() {
    return client();
  }

  /** For calls of the gateway's own, as patient as for those that it passes on. */
  @Bean
  RestClient serviceClient(
      RestClient.Builder clients, HttpClient callClient, ForwardingProperties forwarding) {
    var requests = new JdkClientHttpRequestFactory(callClient);
    requests.setReadTimeout(forwarding.responseTimeout());
    return clients.requestFactory(requests).build();
  }

  @Bean
  StreamClient streamClient() {
    return new StreamClient(client());
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_WITHIN)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }
}
