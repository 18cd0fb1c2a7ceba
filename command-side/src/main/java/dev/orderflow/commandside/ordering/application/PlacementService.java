package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.ordering.model.Order;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Takes requests to place orders: validates them, turns away what is certainly stale or too much,
 * and hands the rest to the writer. Off the write path: it holds no transaction and no lock.
 */
@Service
public class PlacementService {
  private final CommandGateway commands;
  private final Aggregates aggregates;
  private final OrderStreams ids;
  private final KnownPrices knownPrices;
  private final PriceCheck priceCheck;
  private final OpenOrders openOrders;
  private final OrderingProperties properties;
  private final OrderMeters meters;

  PlacementService(
      CommandGateway commands,
      Aggregates aggregates,
      OrderStreams ids,
      KnownPrices knownPrices,
      PriceCheck priceCheck,
      OpenOrders openOrders,
      OrderingProperties properties,
      OrderMeters meters) {
    this.commands = commands;
    this.aggregates = aggregates;
    this.ids = ids;
    this.knownPrices = knownPrices;
    this.priceCheck = priceCheck;
    this.openOrders = openOrders;
    this.properties = properties;
    this.meters = meters;
  }

  /**
   * Places the order, or answers with the one that its key has placed before.
   *
   * @throws Rejection when it cannot be placed; then nothing has changed
   */
  public PlacedOrder place(UserId userId, PlaceOrderRequest request) throws Rejection {
    var begin = System.nanoTime();
    var command = request.toCommand(userId, properties.maxPieces());
    var changes = changes(command.lines());
    if (!changes.isEmpty()) {
      return placedBefore(command, new Rejection.PriceChanged(changes));
    }
    return switch (openOrders.admit(command)) {
      case NEW -> placeNew(command, begin);
      case KNOWN -> commands.execute(command, PlacedOrder.class);
      case REFUSED ->
          placedBefore(
              command,
              new Rejection.TooManyOpenOrders(
                  properties.maxOpenOrders(), properties.maxOpenPieces()));
    };
  }

  private PlacedOrder placeNew(PlaceOrder command, long begin) throws Rejection {
    var placed = false;
    try {
      var answer = commands.execute(command, PlacedOrder.class);
      placed = !answer.replayed();
      if (placed) {
        knownPrices.remember(command.lines(), answer.order().total().currency());
        meters.placedSince(begin);
      }
      return answer;
    } finally {
      if (!placed) {
        openOrders.release(command.orderId());
      }
    }
  }

  private List<Change> changes(List<OrderLine> lines) {
    var unknown = knownPrices.unknown(lines);
    return Stream.concat(
            knownPrices.changes(lines),
            unknown.isEmpty() ? Stream.empty() : priceCheck.changes(unknown).stream())
        .toList();
  }

  /** The key may have placed the order before: then that order is the answer. */
  private PlacedOrder placedBefore(PlaceOrder command, Rejection otherwise) throws Rejection {
    var order = aggregates.read(ids.order(command.orderId()), Order::state);
    if (order.isPresent()) {
      return PlacedOrder.replay(order.get(), command);
    }
    throw otherwise;
  }
}
