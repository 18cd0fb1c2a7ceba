package dev.orderflow.saga.ordering;

import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.proto.inventory.v1.CommitStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import dev.orderflow.proto.inventory.v1.ReleaseStockRequest;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc.PaymentServiceBlockingStub;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import dev.orderflow.proto.payment.v1.RequestRefundRequest;
import dev.orderflow.saga.commandside.CommandSide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to the command side. Every one may be sent again. One that came too late is
 * answered with the state that it found: an outcome of which the saga hears by an event.
 */
final class OrderCommands {
  private static final Logger LOG = LoggerFactory.getLogger(OrderCommands.class);

  private final CommandSide commandSide;

  OrderCommands(CommandSide commandSide) {
    this.commandSide = commandSide;
  }

  void send(RequestPayment command) {
    var request =
        RequestPaymentRequest.newBuilder()
            .setOrderId(command.orderId().value())
            .setAmount(command.amount().amount().toPlainString())
            .setCurrency(command.amount().currency().getCurrencyCode());
    if (command.paymentMethod() != null) {
      request.setPaymentMethod(command.paymentMethod().value());
    }
    var payment = payments().requestPayment(request.build());
    LOG.debug("{} is {}", payment.getPaymentId(), payment.getStatus());
  }

  void send(ConfirmOrder command) {
    var order =
        orders()
            .confirmOrder(
                ConfirmOrderRequest.newBuilder().setOrderId(command.orderId().value()).build());
    LOG.debug("{} is {}", order.getOrderId(), order.getStatus());
  }

  void send(CancelOrder command) {
    var order =
        orders()
            .cancelOrder(
                CancelOrderRequest.newBuilder()
                    .setOrderId(command.orderId().value())
                    .setReason(reason(command.reason()))
                    .build());
    LOG.debug("{} is {}", order.getOrderId(), order.getStatus());
  }

  void send(CommitStock command) {
    var _ =
        stock()
            .commitStock(
                CommitStockRequest.newBuilder()
                    .setProductId(command.productId().value())
                    .setReservationId(command.reservationId().value())
                    .build());
  }

  void send(ReleaseStock command) {
    var _ =
        stock()
            .releaseStock(
                ReleaseStockRequest.newBuilder()
                    .setProductId(command.productId().value())
                    .setReservationId(command.reservationId().value())
                    .build());
  }

  void send(RequestRefund command) {
    var payment =
        payments()
            .requestRefund(
                RequestRefundRequest.newBuilder()
                    .setPaymentId(command.paymentId().value())
                    .build());
    LOG.debug("{} is {}", payment.getPaymentId(), payment.getStatus());
  }

  private static dev.orderflow.proto.ordering.v1.CancelReason reason(CancelReason reason) {
    return switch (reason) {
      case CUSTOMER_REQUEST ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_CUSTOMER_REQUEST;
      case PAYMENT_FAILED ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_PAYMENT_FAILED;
      case PAYMENT_TIMEOUT ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT;
    };
  }

  private OrderServiceBlockingStub orders() {
    return commandSide.within3Seconds(OrderServiceGrpc::newBlockingStub);
  }

  private PaymentServiceBlockingStub payments() {
    return commandSide.within3Seconds(PaymentServiceGrpc::newBlockingStub);
  }

  private InventoryServiceBlockingStub stock() {
    return commandSide.within3Seconds(InventoryServiceGrpc::newBlockingStub);
  }
}
