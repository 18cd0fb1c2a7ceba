package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.eventstore.AggregateReader;
import dev.orderflow.commandside.eventstore.Commands;
import dev.orderflow.commandside.eventstore.StreamHeads;
import dev.orderflow.commandside.ordering.model.Order;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Takes requests to place orders: validates, answers what was placed already, turns away what is
 * certainly stale, and hands the rest to the writer. Off the write path: it holds no transaction
 * and no lock.
 */
@Service
public class PlacementService {
  private final Commands commands;
  private final StreamHeads heads;
  private final AggregateReader<Order> orders;
  private final PriceCheck priceCheck;

  PlacementService(
      Commands commands, StreamHeads heads, AggregateReader<Order> orders, PriceCheck priceCheck) {
    this.commands = commands;
    this.heads = heads;
    this.orders = orders;
    this.priceCheck = priceCheck;
  }

  /**
   * Places the order, or answers with the one that its key has placed before.
   *
   * @throws Rejection when it cannot be placed; then nothing has changed
   */
  public PlacedOrder place(UserId userId, PlaceOrderRequest request) throws Rejection {
    var command = request.toCommand(userId);
    var placedBefore = placedBefore(command);
    if (placedBefore.isPresent()) {
      return placedBefore.get();
    }
    var changes = priceCheck.changes(command.lines());
    if (!changes.isEmpty()) {
      // A twin may have placed it just before the price changed: then that order is the answer.
      var placedMeanwhile = placedBefore(command);
      if (placedMeanwhile.isPresent()) {
        return placedMeanwhile.get();
      }
      throw new Rejection.PriceChanged(changes);
    }
    return commands.execute(command, PlacedOrder.class);
  }

  private Optional<PlacedOrder> placedBefore(PlaceOrder command) throws Rejection {
    var streamId = Order.streamId(command.orderId());
    if (!heads.exists(streamId)) {
      return Optional.empty();
    }
    var order = orders.read(streamId, Order::state);
    return Optional.of(PlacedOrder.replay(order.orElseThrow(), command));
  }
}
