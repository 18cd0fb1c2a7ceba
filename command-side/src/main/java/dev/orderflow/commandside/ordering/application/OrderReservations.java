package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.commandside.commands.Streams;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderState;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What an order holds: it is settled in the unit of work that ends the order, so that order and
 * stock are never apart.
 */
@Component
class OrderReservations {
  private final AggregateType<Order, OrderCommand> orders;
  private final AggregateType<InventoryItem, InventoryCommand> stocks;

  OrderReservations(
      AggregateType<Order, OrderCommand> orders,
      AggregateType<InventoryItem, InventoryCommand> stocks) {
    this.orders = orders;
    this.stocks = stocks;
  }

  StreamId<Order> order(OrderId orderId) {
    return orders.stream(Order.streamId(orderId));
  }

  /** The order and the stock of its products, which never change once it is placed. */
  Set<StreamId<?>> streams(OrderId orderId, Streams first) {
    var streams = new HashSet<StreamId<?>>();
    var order = order(orderId);
    streams.add(order);
    if (first.get(order).exists()) {
      products(first.get(order).invoke(Order::state)).map(this::stock).forEach(streams::add);
    }
    return streams;
  }

  /** Settles them all. What is settled already stays as it is. */
  void settle(
      OrderState order,
      Streams streams,
      BiFunction<ProductId, ReservationId, InventoryCommand> settlement)
      throws Exception {
    var reservation = ReservationId.of(order.orderId());
    for (var product : products(order).toList()) {
      var _ = streams.get(stock(product)).decide(settlement.apply(product, reservation));
    }
  }

  /** Lines of the same product share one reservation. */
  private static Stream<ProductId> products(OrderState order) {
    return order.items().stream().map(OrderItem::productId).distinct();
  }

  private StreamId<InventoryItem> stock(ProductId productId) {
    return stocks.stream(InventoryItem.streamId(productId));
  }
}
