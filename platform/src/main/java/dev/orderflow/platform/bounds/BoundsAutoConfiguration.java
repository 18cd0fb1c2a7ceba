package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.ProblemWriter;
import dev.orderflow.platform.grpc.GrpcAutoConfiguration;
import dev.orderflow.platform.ratelimit.GrpcCallerAddress;
import dev.orderflow.platform.ratelimit.TrustedProxies;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.security.GrpcSecurity;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Bounds what each surface of a service may cost its process. */
@AutoConfiguration(after = GrpcAutoConfiguration.class)
@EnableConfigurationProperties({RequestProperties.class, CallProperties.class})
public class BoundsAutoConfiguration {
  private static final String HEALTH = "/actuator/health";
  private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
  private static final int FORMS = 64;
  private static final int FORMS_PER_CALLER = 8;

  /** After Spring Boot's own, whose executor for virtual threads knows no bound. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatBounds(
      RequestProperties bounds,
      TrustedProxies proxies,
      MeterRegistry meters,
      @Value("${orderflow.gateway.max-streams:0}") int streams) {
    var connections = connections("http", bounds.maxConnections(), proxies, meters);
    return server -> {
      server.setProtocol(BoundedHttp.class.getName());
      server.addConnectorCustomizers(
          new TomcatBounds(bounds, connections, bounds.maxOpen() + streams));
      server.addEngineValves(
          new UnreadBodies(),
          new LateBodies(bounds.arrival()),
          new ClientConnection.Introduction());
    };
  }

  /** After the token was checked, which says who calls. Health checks are never refused. */
  @Bean
  FilterRegistrationBean<RequestBounds> requestBounds(
      RequestProperties bounds, JsonMapper json, MeterRegistry meters) {
    var requests = new Bound("requests", bounds.maxOpen(), bounds.maxPerCaller());
    Gauge.builder("orderflow.requests.open", requests::held)
        .description("HTTP requests that are worked on")
        .register(meters);
    return at(
        SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1,
        "requestBounds",
        new RequestBounds(
            requests,
            request -> !request.getRequestURI().startsWith(HEALTH),
            new ProblemWriter(json)));
  }

  /** Before anything reads parameters: those of a form have to arrive first. */
  @Bean
  FilterRegistrationBean<RequestBounds> formBounds(JsonMapper json) {
    return at(
        Ordered.HIGHEST_PRECEDENCE + 5,
        "formBounds",
        new RequestBounds(
            new Bound("forms", FORMS, FORMS_PER_CALLER),
            request ->
                request.getContentType() != null
                    && request.getContentType().regionMatches(true, 0, FORM, 0, FORM.length()),
            new ProblemWriter(json)));
  }

  /** Trusted proxies have no share: the connections of all clients come from them. */
  @Bean
  TrustedProxies trustedProxies(
      @Value("${orderflow.gateway.trusted-proxies:}") List<String> proxies) {
    return new TrustedProxies(proxies);
  }

  private static Connections connections(
      String protocol, int max, TrustedProxies proxies, MeterRegistry meters) {
    var connections = new Connections(max, proxies);
    Gauge.builder("orderflow.connections.open", connections::held)
        .tag("protocol", protocol)
        .description("Connections that clients have open")
        .register(meters);
    return connections;
  }

  private static FilterRegistrationBean<RequestBounds> at(
      int order, String name, RequestBounds bounds) {
    var filter = new FilterRegistrationBean<>(bounds);
    filter.setName(name);
    filter.setOrder(order);
    return filter;
  }

  /** Where there is a gRPC server. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({GlobalServerInterceptor.class, NettyServerBuilder.class})
  static class Grpc {
    private static final int RESETS = 1_000;
    private static final int RESET_SECONDS = 10;
    private static final int HANDSHAKE_SECONDS = 5;
    private static final int WINDOW_BYTES = 256 * 1024;

    /** Before the calls are counted. */
    @Bean
    @GlobalServerInterceptor
    @Order(GrpcSecurity.CONTEXT_FILTER_ORDER)
    ServerInterceptor grpcCallerAddress(TrustedProxies proxies) {
      return new GrpcCallerAddress(proxies);
    }

    /** After the token was checked, which says who calls. */
    @Bean
    @GlobalServerInterceptor
    @Order(GrpcSecurity.CONTEXT_FILTER_ORDER + 1)
    ServerInterceptor callBounds(CallProperties bounds, MeterRegistry meters) {
      var calls = new Bound("calls", bounds.maxOpen(), bounds.maxPerCaller());
      var lists = new Bound("lists", bounds.maxLists(), bounds.maxListsPerCaller());
      Gauge.builder("orderflow.calls.open", () -> calls.held() + lists.held())
          .description("gRPC calls that are worked on")
          .register(meters);
      var answers =
          new Bound(
              "bytes of answers",
              bounds.maxBuffered().toBytes(),
              bounds.maxBufferedPerCaller().toBytes());
      return new CallBounds(calls, lists, answers);
    }

    /** Within the bounds and the rate limit, so that a late call gives its place back. */
    @Bean
    @GlobalServerInterceptor
    @Order(GrpcSecurity.CONTEXT_FILTER_ORDER + 3)
    ServerInterceptor lateCalls(CallProperties bounds) {
      return new LateCalls(bounds.arrival());
    }

    /** A client that takes its calls back at once pays for it with its connection. */
    @Bean
    ServerBuilderCustomizer<NettyServerBuilder> connectionBounds(
        CallProperties bounds, TrustedProxies proxies, MeterRegistry meters) {
      var connections = connections("grpc", bounds.maxConnections(), proxies, meters);
      return server ->
          server
              .addTransportFilter(new ConnectionBound(connections))
              .addStreamTracerFactory(new SmallPieces.Factory())
              .maxConcurrentCallsPerConnection(bounds.maxOpen())
              .maxRstFramesPerWindow(RESETS, RESET_SECONDS)
              .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
              .flowControlWindow(WINDOW_BYTES);
    }
  }
}
