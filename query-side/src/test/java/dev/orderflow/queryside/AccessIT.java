package dev.orderflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
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
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;

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

  @ParameterizedTest
  @FieldSource("REST")
  void rest_lets_in_those_who_need_it(String method, String path, Set<Who> allowed)
      throws Exception {
    for (var who : Who.values()) {
      var status = running.call(method, token(who), path);

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
      var code = codeOf(call, token(who));

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

  /** Every call that the server answers, apart from health and reflection. */
  Stream<MethodDescriptor<?, ?>> calls() {
    return running.beans(BindableService.class).stream()
        .map(service -> service.bindService().getServiceDescriptor())
        .filter(service -> !service.getName().startsWith("grpc."))
        .flatMap(service -> service.getMethods().stream());
  }

  /** How a call with an empty request ends. */
  private <Q, A> Status.Code codeOf(MethodDescriptor<Q, A> call, String token) {
    var channel =
        token.isEmpty()
            ? running.channel()
            : ClientInterceptors.intercept(
                running.channel(), new BearerTokenAuthenticationInterceptor(token));
    var request = (MethodDescriptor.PrototypeMarshaller<Q>) call.getRequestMarshaller();
    try {
      ClientCalls.blockingServerStreamingCall(
              channel, call, CallOptions.DEFAULT, request.getMessagePrototype())
          .forEachRemaining(_ -> {});
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private String token(Who who) {
    return switch (who) {
      case NOBODY -> "";
      case CUSTOMER -> running.customer("carol");
      case STAFF -> running.staff();
      case COMMAND_SIDE -> running.tokens().token("command-side", "service");
      case QUERY_SIDE -> running.tokens().token("query-side", "service");
      case SAGA -> running.tokens().token("saga", "service");
      case SHOP -> running.tokens().token("shop", "service");
      case UNKNOWN_SERVICE -> running.tokens().token("carol", "service");
    };
  }
}
