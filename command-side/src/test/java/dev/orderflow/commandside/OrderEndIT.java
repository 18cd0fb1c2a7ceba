package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.CancelReason;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may end an order, and how: its customer while it is pending, and the services. */
@ExtendWith(SharedCommandSide.class)
class OrderEndIT {
  private final RunningCommandSide commandSide;

  OrderEndIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void a_customer_cancels_only_their_own_orders() {
    var path = "/orders/" + commandSide.orderId(commandSide.product(5)) + "/cancel";

    assertThat(commandSide.second().send("POST", path, commandSide.bob(), "").code())
        .isEqualTo("ORDER_NOT_FOUND");
    var cancelled = commandSide.second().send("POST", path, commandSide.alice(), "");
    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.body().path("status").asString()).isEqualTo("CANCELLED");
    assertThat(cancelled.body().path("cancelReason").asString()).isEqualTo("CUSTOMER_REQUEST");
  }

  @Test
  void a_customer_sees_only_their_own_orders() {
    var order =
        GetOrderRequest.newBuilder()
            .setOrderId(commandSide.orderId(commandSide.product(5)))
            .build();

    assertThat(orders(commandSide.alice()).getOrder(order).getUserId()).isEqualTo("alice");
    assertThat(orders(commandSide.staff()).getOrder(order).getUserId()).isEqualTo("alice");
    assertThat(orders(commandSide.service()).getOrder(order).getUserId()).isEqualTo("alice");
    assertThatThrownBy(() -> orders(commandSide.bob()).getOrder(order))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  @Test
  void an_order_that_is_confirmed_sells_what_it_holds() {
    var product = commandSide.product(5);
    var id = commandSide.orderId(product);
    commandSide.pay(id);

    confirm(id);
    confirm(id);

    assertThat(commandSide.levels(product)).containsExactly(4, 0, 1);
  }

  @Test
  void an_order_that_is_cancelled_gives_back_what_it_holds() {
    var product = commandSide.product(5);
    var id = commandSide.orderId(product);

    cancel(id, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT);
    cancel(id, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT);

    assertThat(commandSide.levels(product)).containsExactly(5, 0, 0);
  }

  @Test
  void an_order_that_is_not_paid_is_confirmed_by_nobody() {
    var product = commandSide.product(5);
    var id = commandSide.orderId(product);

    assertThatThrownBy(() -> confirm(id))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION));

    assertThat(commandSide.levels(product)).containsExactly(4, 1, 0);
    assertThat(
            orders(commandSide.service())
                .getOrder(GetOrderRequest.newBuilder().setOrderId(id).build())
                .getStatus())
        .isEqualTo(OrderStatus.ORDER_STATUS_PENDING);
  }

  @Test
  void a_confirmed_order_is_not_cancelled_any_more() {
    var id = commandSide.orderId(commandSide.product(5));
    commandSide.pay(id);

    assertThat(confirm(id).getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);

    assertThat(
            commandSide
                .second()
                .send("POST", "/orders/" + id + "/cancel", commandSide.alice(), "")
                .code())
        .isEqualTo("ORDER_NOT_CANCELLABLE");
    assertThat(cancel(id, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT).getStatus())
        .isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  @Test
  void a_cancelled_order_keeps_its_first_reason_and_is_not_confirmed_any_more() {
    var id = commandSide.orderId(commandSide.product(5));

    cancel(id, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT);

    assertThat(cancel(id, CancelReason.CANCEL_REASON_PAYMENT_FAILED).getCancelReason())
        .isEqualTo(CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT);
    assertThat(confirm(id).getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
  }

  private Order confirm(String id) {
    return orders(commandSide.service())
        .confirmOrder(ConfirmOrderRequest.newBuilder().setOrderId(id).build());
  }

  private Order cancel(String id, CancelReason reason) {
    return orders(commandSide.service())
        .cancelOrder(CancelOrderRequest.newBuilder().setOrderId(id).setReason(reason).build());
  }

  private OrderServiceBlockingStub orders(String token) {
    return commandSide.grpc(OrderServiceGrpc::newBlockingStub, token);
  }
}
