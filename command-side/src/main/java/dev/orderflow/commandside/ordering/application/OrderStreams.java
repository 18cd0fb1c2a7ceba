package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;
import org.springframework.stereotype.Component;

/** The streams of all that takes part in an order. */
@Component
record OrderStreams(
    AggregateType<Order, OrderCommand> orders,
    AggregateType<Payment, PaymentCommand> payments,
    AggregateType<Product, CatalogCommand> products,
    AggregateType<InventoryItem, InventoryCommand> stocks) {
  StreamId<Order> order(OrderId orderId) {
    return orders.stream(Order.streamId(orderId));
  }

  StreamId<Payment> payment(PaymentId paymentId) {
    return payments.stream(Payment.streamId(paymentId));
  }

  StreamId<Product> product(ProductId productId) {
    return products.stream(Product.streamId(productId));
  }

  StreamId<InventoryItem> stock(ProductId productId) {
    return stocks.stream(InventoryItem.streamId(productId));
  }
}
