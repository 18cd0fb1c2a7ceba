package dev.orderflow.commandside;

import static dev.orderflow.platform.security.Scope.CUSTOMER;
import static dev.orderflow.platform.security.Scope.STAFF;
import static dev.orderflow.platform.security.ServiceName.SAGA;
import static dev.orderflow.platform.security.ServiceName.SHOP;

import dev.orderflow.platform.security.RequestRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.AuthenticationProcessInterceptor;
import org.springframework.grpc.server.security.GrpcSecurity;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;

/**
 * Which scope each call needs, on both surfaces side by side, and of the services which one. The
 * other services need nothing here: what they ask, they ask in the name of their callers.
 */
@Configuration(proxyBeanMethods = false)
class CallerRules {
  @Bean
  RequestRules restRules() {
    return requests ->
        requests
            .requestMatchers(HttpMethod.POST, "/inventory/import")
            .hasAuthority(STAFF.authority())
            .requestMatchers("/inventory/*")
            .permitAll()
            .requestMatchers("/products/**", "/inventory/**", "/admin/**")
            .hasAuthority(STAFF.authority())
            .requestMatchers(HttpMethod.POST, "/orders")
            .hasAuthority(CUSTOMER.authority())
            .requestMatchers(HttpMethod.POST, "/orders/*/cancel")
            .hasAuthority(CUSTOMER.authority())
            .requestMatchers("/customers/*/personal-data")
            .hasAnyAuthority(CUSTOMER.authority(), STAFF.authority());
  }

  @Bean
  @GlobalServerInterceptor
  AuthenticationProcessInterceptor grpcRules(GrpcSecurity grpc) throws Exception {
    return grpc.authorizeRequests(calls ->
            calls
                .methods("grpc.health.v1.Health/*", "grpc.reflection.*/*")
                .permitAll()
                .methods("orderflow.inventory.v1.InventoryService/GetStock")
                .permitAll()
                .methods("orderflow.catalog.v1.CatalogCommandService/*")
                .hasAuthority(STAFF.authority())
                .methods("orderflow.inventory.v1.InventoryService/ReceiveStock")
                .hasAuthority(STAFF.authority())
                .methods(
                    "orderflow.inventory.v1.InventoryService/ReserveStock",
                    "inventory.InventoryService/CheckAndReserveStock")
                .hasAnyAuthority(STAFF.authority(), SHOP.authority())
                .methods(
                    "orderflow.inventory.v1.InventoryService/CommitStock",
                    "orderflow.inventory.v1.InventoryService/ReleaseStock")
                .hasAnyAuthority(STAFF.authority(), SHOP.authority(), SAGA.authority())
                .methods("orderflow.ordering.v1.OrderService/PlaceOrder")
                .hasAuthority(CUSTOMER.authority())
                .methods("orderflow.ordering.v1.OrderService/ConfirmOrder")
                .hasAuthority(SAGA.authority())
                .methods("orderflow.ordering.v1.OrderService/CancelOrder")
                .hasAnyAuthority(CUSTOMER.authority(), SAGA.authority())
                .methods("orderflow.ordering.v1.OrderService/GetOrder")
                .hasAnyAuthority(CUSTOMER.authority(), STAFF.authority(), SAGA.authority())
                .methods(
                    "orderflow.ordering.v1.ContactService/*",
                    "orderflow.payment.v1.PaymentService/*",
                    "orderflow.command.v1.CommandService/*")
                .hasAuthority(SAGA.authority())
                .allRequests()
                .denyAll())
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .build();
  }
}
