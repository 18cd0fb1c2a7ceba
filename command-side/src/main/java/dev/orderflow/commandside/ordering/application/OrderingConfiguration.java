package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregate of ordering, what ends it, and how it is paid. */
@Configuration(proxyBeanMethods = false)
class OrderingConfiguration {
  @Bean
  AggregateType<Order, OrderCommand> orderType() {
    return new AggregateType<>(
        Order.class,
        Order::new,
        OrderCommand.class,
        command -> Order.streamId(command.orderId()),
        _ -> new Rejection.OrderNotFound(),
        Order::state,
        null,
        AggregateType.Topics.one(EventTopic.ORDERS));
  }

  @Bean
  Shown ordersShown(MeterValues meters) {
    return new Shown(
        List.of(),
        List.of(
            perMinute("placed", meters),
            perMinute("confirmed", meters),
            perMinute("cancelled", meters),
            new Series("placement.p99", "s", Together.MAX, meters.p99("orderflow.placement"))));
  }

  private static Series perMinute(String outcome, MeterValues meters) {
    return new Series(
        "orders." + outcome,
        "1/min",
        Together.SUM,
        meters.perMinute("orderflow.orders", "outcome", outcome));
  }

  @Bean
  EndOrderHandler<ConfirmOrder> confirmOrder(
      AggregateType<Order, OrderCommand> orders,
      AggregateType<InventoryItem, InventoryCommand> stocks,
      AggregateType<Payment, PaymentCommand> payments) {
    return new EndOrderHandler<>(ConfirmOrder.class, orders, stocks, payments);
  }

  @Bean
  EndOrderHandler<CancelOrder> cancelOrder(
      AggregateType<Order, OrderCommand> orders,
      AggregateType<InventoryItem, InventoryCommand> stocks,
      AggregateType<Payment, PaymentCommand> payments) {
    return new EndOrderHandler<>(CancelOrder.class, orders, stocks, payments);
  }

  @Bean
  PayOrderHandler<RequestPayment> requestPayment(
      AggregateType<Payment, PaymentCommand> payments, AggregateType<Order, OrderCommand> orders) {
    return new PayOrderHandler<>(RequestPayment.class, payments, orders);
  }

  @Bean
  PayOrderHandler<CompletePayment> completePayment(
      AggregateType<Payment, PaymentCommand> payments, AggregateType<Order, OrderCommand> orders) {
    return new PayOrderHandler<>(CompletePayment.class, payments, orders);
  }

  @Bean
  PayOrderHandler<RequestRefund> requestRefund(
      AggregateType<Payment, PaymentCommand> payments, AggregateType<Order, OrderCommand> orders) {
    return new PayOrderHandler<>(RequestRefund.class, payments, orders);
  }
}
