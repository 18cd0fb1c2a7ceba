package dev.orderflow.queryside.access;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.orderflow.platform.security.RequestRules;
import dev.orderflow.platform.security.Scope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.AuthenticationProcessInterceptor;
import org.springframework.grpc.server.security.GrpcSecurity;

/**
 * Products need no token. Orders need one, and a caller sees only its own. Services may not read
 * orders here: they ask the write side.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
  @Bean
  RequestRules restRules() {
    return requests ->
        requests
            .requestMatchers("/products", "/products/*")
            .permitAll()
            .requestMatchers("/admin/**")
            .hasAuthority(Scope.STAFF.authority());
  }

  @Bean
  @GlobalServerInterceptor
  AuthenticationProcessInterceptor grpcRules(GrpcSecurity security) throws Exception {
    return security
        .authorizeRequests(calls ->
            calls
                .methods(
                    "orderflow.catalog.v1.ProductService/*",
                    "grpc.health.v1.Health/*",
                    "grpc.reflection.*/*")
                .permitAll()
                .methods("orderflow.ordering.v1.OrderQueryService/ListOrders")
                .hasAuthority(Scope.CUSTOMER.authority())
                .methods("orderflow.ordering.v1.OrderQueryService/ListAllOrders")
                .hasAuthority(Scope.STAFF.authority())
                .methods("orderflow.ordering.v1.OrderQueryService/*")
                .hasAnyAuthority(Scope.CUSTOMER.authority(), Scope.STAFF.authority())
                .allRequests()
                .denyAll())
        .oauth2ResourceServer(server -> server.jwt(withDefaults()))
        .build();
  }
}
