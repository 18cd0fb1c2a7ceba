package dev.orderflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which caller may make which call, on both surfaces; the services among them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
  enum Who {
    NOBODY,
    CUSTOMER,
    STAFF,
    COMMAND_SIDE,
    QUERY_SIDE,
    SAGA,
    SHOP,
    UNKNOWN_SERVICE
  }

  private static final Set<Who> ANYBODY = EnumSet.allOf(Who.class);
  private static final Set<Who> STAFF = EnumSet.of(Who.STAFF);
  private static final Set<Who> CUSTOMER = EnumSet.of(Who.CUSTOMER);
  private static final Set<Who> PEOPLE = EnumSet.of(Who.CUSTOMER, Who.STAFF);

  private static final Map<String, Set<Who>> GRPC =
      Map.ofEntries(
          Map.entry("orderflow.catalog.v1.ProductService/GetProduct", ANYBODY),
          Map.entry("orderflow.catalog.v1.ProductService/BatchGetProducts", ANYBODY),
          Map.entry("orderflow.catalog.v1.ProductService/ListProducts", ANYBODY),
          Map.entry("orderflow.catalog.v1.ProductService/ValidatePriceWithVersion", ANYBODY),
          Map.entry("orderflow.catalog.v1.ProductService/WatchProduct", ANYBODY),
          Map.entry("orderflow.ordering.v1.OrderQueryService/GetOrder", PEOPLE),
          Map.entry("orderflow.ordering.v1.OrderQueryService/ListOrders", CUSTOMER),
          Map.entry("orderflow.ordering.v1.OrderQueryService/ListAllOrders", STAFF),
          Map.entry("orderflow.ordering.v1.OrderQueryService/WatchOrder", PEOPLE));

  static final List<Arguments> REST =
      List.of(
          Arguments.of("GET", "/products", ANYBODY),
          Arguments.of("GET", "/products?q=phin", ANYBODY),
          Arguments.of("GET", "/products/P", ANYBODY),
          Arguments.of("GET", "/orders", PEOPLE),
          Arguments.of("GET", "/orders?status=PENDING", PEOPLE),
          Arguments.of("GET", "/orders/ORD-1", PEOPLE),
          Arguments.of("GET", "/orders/ORD-1/events", PEOPLE),
          Arguments.of("GET", "/no-such-path", PEOPLE),
          Arguments.of("GET", "/admin/orders", STAFF),
          Arguments.of("GET", "/admin/orders.csv", STAFF),
          Arguments.of("HEAD", "/admin/orders.csv", STAFF),
          Arguments.of("HEAD", "/admin/events", STAFF),
          Arguments.of("GET", "/admin/projections", STAFF),
          Arguments.of("POST", "/admin/projections/no-such-view/rebuild", STAFF),
          Arguments.of("POST", "/admin/projections/no-such-view/comparison", STAFF),
          Arguments.of("DELETE", "/admin/projections/no-such-view/rebuild", STAFF),
          Arguments.of("GET", "/admin/projections/no-such-view/dead-letters", STAFF),
          Arguments.of("POST", "/admin/projections/no-such-view/dead-letters/1/retry", STAFF),
          Arguments.of("DELETE", "/admin/projections/no-such-view/dead-letters/1", STAFF));

  private final RunningQuerySide running = RunningQuerySide.shared();
  private final Map<Who, String> tokens = new EnumMap<>(Who.class);

  AccessIT() {
    ANYBODY.forEach(who -> tokens.put(who, token(who)));
  }

  @ParameterizedTest
  @FieldSource("REST")
  void rest_lets_in_those_who_need_it(String method, String path, Set<Who> allowed)
      throws Exception {
    for (var who : Who.values()) {
      var status = running.call(method, tokens.get(who), path);

      assertThat(status).as("%s by %s", path, who).isLessThan(500);
      assertThat(status == 401 || status == 403)
          .as("%s by %s is refused: %d", path, who, status)
          .isEqualTo(!allowed.contains(who));
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void grpc_lets_in_those_who_need_it(MethodDescriptor<?, ?> call) {
    var allowed = GRPC.get(call.getFullMethodName());
    assertThat(allowed).as("%s is not in the table", call.getFullMethodName()).isNotNull();
    for (var who : Who.values()) {
      var code = GrpcCalls.codeOf(call, running.channel(), tokens.get(who));

      assertThat(code).isNotIn(Status.Code.INTERNAL, Status.Code.UNKNOWN);
      assertThat(code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED)
          .as("%s by %s is refused: %s", call.getFullMethodName(), who, code)
          .isEqualTo(!allowed.contains(who));
    }
  }

  @Test
  void every_call_of_the_contract_is_served() {
    assertThat(calls().map(MethodDescriptor::getFullMethodName))
        .containsExactlyInAnyOrderElementsOf(GRPC.keySet());
  }

  Stream<MethodDescriptor<?, ?>> calls() {
    return GrpcCalls.of(running.beans(BindableService.class));
  }

  private String token(Who who) {
    return switch (who) {
      case NOBODY -> "";
      case CUSTOMER -> running.customer("carol");
      case STAFF -> running.staff();
      case COMMAND_SIDE -> SigningKeys.TRUSTED.token("command-side", "service");
      case QUERY_SIDE -> SigningKeys.TRUSTED.token("query-side", "service");
      case SAGA -> SigningKeys.TRUSTED.token("saga", "service");
      case SHOP -> SigningKeys.TRUSTED.token("shop", "service");
      case UNKNOWN_SERVICE -> SigningKeys.TRUSTED.token("carol", "service");
    };
  }
}
