package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.SigningKeys;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which caller may make which call: the table of the contract, on both surfaces. */
@ExtendWith(SharedCommandSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationIT {
  enum Who {
    NOBODY,
    FORGER,
    CUSTOMER,
    STAFF,
    COMMAND_SIDE,
    QUERY_SIDE,
    SAGA,
    SHOP,
    UNKNOWN_SERVICE
  }

  private static final Set<Who> ANYBODY = EnumSet.complementOf(EnumSet.of(Who.FORGER));
  private static final Set<Who> CUSTOMER = EnumSet.of(Who.CUSTOMER);
  private static final Set<Who> STAFF = EnumSet.of(Who.STAFF);
  private static final Set<Who> SAGA = EnumSet.of(Who.SAGA);
  private static final Set<Who> SHOP = EnumSet.of(Who.SHOP);

  private static final Map<String, Set<Who>> GRPC =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("orderflow.catalog.v1.CatalogCommandService/CreateProduct", STAFF),
              Map.entry("orderflow.catalog.v1.CatalogCommandService/ChangePrice", STAFF),
              Map.entry("orderflow.catalog.v1.CatalogCommandService/ActivateProduct", STAFF),
              Map.entry("orderflow.catalog.v1.CatalogCommandService/DeactivateProduct", STAFF),
              Map.entry("orderflow.inventory.v1.InventoryService/ReceiveStock", STAFF),
              Map.entry(
                  "orderflow.inventory.v1.InventoryService/ReserveStock", either(STAFF, SHOP)),
              Map.entry(
                  "orderflow.inventory.v1.InventoryService/CommitStock",
                  either(STAFF, either(SHOP, SAGA))),
              Map.entry(
                  "orderflow.inventory.v1.InventoryService/ReleaseStock",
                  either(STAFF, either(SHOP, SAGA))),
              Map.entry("orderflow.inventory.v1.InventoryService/GetStock", ANYBODY),
              Map.entry("orderflow.ordering.v1.OrderService/PlaceOrder", CUSTOMER),
              Map.entry("orderflow.ordering.v1.OrderService/ConfirmOrder", SAGA),
              Map.entry("orderflow.ordering.v1.OrderService/CancelOrder", either(CUSTOMER, SAGA)),
              Map.entry(
                  "orderflow.ordering.v1.OrderService/GetOrder",
                  either(CUSTOMER, either(STAFF, SAGA))),
              Map.entry("orderflow.ordering.v1.ContactService/GetContact", SAGA),
              Map.entry("orderflow.ordering.v1.ContactService/GetContacts", SAGA),
              Map.entry("orderflow.command.v1.CommandService/Execute", SAGA),
              Map.entry("orderflow.payment.v1.PaymentService/RequestPayment", SAGA),
              Map.entry("orderflow.payment.v1.PaymentService/CompletePayment", SAGA),
              Map.entry("orderflow.payment.v1.PaymentService/RequestRefund", SAGA),
              Map.entry("orderflow.payment.v1.PaymentService/CompleteRefund", SAGA),
              Map.entry("orderflow.payment.v1.PaymentService/GetPayment", SAGA),
              Map.entry("orderflow.payment.v1.PaymentService/GetPayments", SAGA),
              Map.entry("inventory.InventoryService/CheckAndReserveStock", either(STAFF, SHOP))));

  static final List<Arguments> REST =
      List.of(
          Arguments.of("POST", "/products", STAFF),
          Arguments.of("POST", "/products/import", STAFF),
          Arguments.of("POST", "/inventory/import", STAFF),
          Arguments.of("PUT", "/products/P/price", STAFF),
          Arguments.of("POST", "/products/P/activate", STAFF),
          Arguments.of("POST", "/products/P/deactivate", STAFF),
          Arguments.of("POST", "/inventory/P/receipts", STAFF),
          Arguments.of("GET", "/inventory/P", ANYBODY),
          Arguments.of("POST", "/orders", CUSTOMER),
          Arguments.of("POST", "/orders/ORD-1/cancel", CUSTOMER),
          Arguments.of("GET", "/admin/publication", STAFF),
          Arguments.of("GET", "/admin/streams/order-ORD-1", STAFF),
          Arguments.of("POST", "/admin/publication/no-such-call", STAFF),
          Arguments.of("GET", "/no-such-path", either(CUSTOMER, STAFF)),
          Arguments.of("GET", "/customers/carol/personal-data", either(CUSTOMER, STAFF)),
          Arguments.of("GET", "/customers/somebody-else/personal-data", STAFF),
          Arguments.of("DELETE", "/customers/carol/personal-data", either(CUSTOMER, STAFF)),
          Arguments.of("DELETE", "/customers/somebody-else/personal-data", STAFF));

  private final RunningCommandSide commandSide;
  private final Map<Who, String> tokens = new EnumMap<>(Who.class);

  AuthorizationIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
    EnumSet.allOf(Who.class).forEach(who -> tokens.put(who, token(who)));
  }

  private static Set<Who> either(Set<Who> some, Set<Who> others) {
    var both = EnumSet.copyOf(some);
    both.addAll(others);
    return both;
  }

  @ParameterizedTest
  @FieldSource("REST")
  void rest_lets_in_whom_the_contract_names(String method, String path, Set<Who> allowed) {
    for (var who : Who.values()) {
      var status = commandSide.first().send(method, path, tokens.get(who), "{}").status();

      assertThat(status).as("%s by %s", path, who).isLessThan(500);
      assertThat(status == 401 ? Verdict.UNKNOWN : status == 403 ? Verdict.REFUSED : Verdict.LET_IN)
          .as("%s by %s: %d", path, who, status)
          .isEqualTo(verdict(who, allowed));
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void grpc_lets_in_whom_the_contract_names(MethodDescriptor<?, ?> call) {
    var allowed = GRPC.get(call.getFullMethodName());
    assertThat(allowed).as("%s is not in the table", call.getFullMethodName()).isNotNull();
    for (var who : Who.values()) {
      var code = GrpcCalls.codeOf(call, commandSide.channel(), tokens.get(who));

      assertThat(code).isNotIn(Status.Code.INTERNAL, Status.Code.UNIMPLEMENTED);
      assertThat(
              switch (code) {
                case UNAUTHENTICATED -> Verdict.UNKNOWN;
                case PERMISSION_DENIED -> Verdict.REFUSED;
                default -> Verdict.LET_IN;
              })
          .as("%s by %s: %s", call.getFullMethodName(), who, code)
          .isEqualTo(verdict(who, allowed));
    }
  }

  @Test
  void every_call_of_the_contract_is_served() {
    assertThat(calls().map(MethodDescriptor::getFullMethodName))
        .containsExactlyInAnyOrderElementsOf(GRPC.keySet());
  }

  Stream<MethodDescriptor<?, ?>> calls() {
    return GrpcCalls.of(commandSide.second().beans(BindableService.class));
  }

  enum Verdict {
    LET_IN,
    REFUSED,
    UNKNOWN
  }

  private static Verdict verdict(Who who, Set<Who> allowed) {
    if (allowed.contains(who)) {
      return Verdict.LET_IN;
    }
    return who == Who.NOBODY || who == Who.FORGER ? Verdict.UNKNOWN : Verdict.REFUSED;
  }

  private String token(Who who) {
    return switch (who) {
      case NOBODY -> "";
      case FORGER -> SigningKeys.forged("admin", "staff service customer");
      case CUSTOMER -> commandSide.token("carol", "customer");
      case STAFF -> commandSide.staff();
      case COMMAND_SIDE -> commandSide.token("command-side", "service");
      case QUERY_SIDE -> commandSide.token("query-side", "service");
      case SAGA -> commandSide.service();
      case SHOP -> commandSide.token("shop", "service");
      case UNKNOWN_SERVICE -> commandSide.token("carol", "service");
    };
  }
}
