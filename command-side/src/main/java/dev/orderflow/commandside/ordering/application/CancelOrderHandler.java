package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.commandside.commands.CommandHandler;
import dev.orderflow.commandside.commands.Streams;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.ordering.model.OrderState;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Cancels an order and gives back what it holds, both or neither. */
@Component
class CancelOrderHandler implements CommandHandler<CancelOrder> {
  private final OrderReservations reservations;

  CancelOrderHandler(OrderReservations reservations) {
    this.reservations = reservations;
  }

  @Override
  public Class<CancelOrder> commandType() {
    return CancelOrder.class;
  }

  @Override
  public Collection<StreamId<?>> readFirst(CancelOrder command) {
    return List.of(reservations.order(command.orderId()));
  }

  @Override
  public Touched touched(CancelOrder command, Streams first) {
    return new Touched(reservations.streams(command.orderId(), first), Set.of());
  }

  @Override
  public OrderState handle(CancelOrder command, Streams streams) throws Exception {
    var order = streams.get(reservations.order(command.orderId()));
    if (!order.exists()) {
      throw new Rejection.OrderNotFound();
    }
    var state = (OrderState) order.decide(command);
    if (state.status() == OrderStatus.CANCELLED) {
      reservations.settle(state, streams, ReleaseStock::new);
    }
    return state;
  }
}
