package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.commands.CommandHandler;
import dev.orderflow.commandside.commands.Streams;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.commandside.ordering.application.ContactStore.GivenContact;
import dev.orderflow.commandside.ordering.application.ContactStore.OrderContact;
import dev.orderflow.commandside.ordering.model.Offer;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderPlacement;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Places an order: decides on products and stock as they are under the locks, and only then
 * applies. A rejection applies nothing. An order that is there already is the answer.
 */
@Component
class PlaceOrderHandler implements CommandHandler<PlaceOrder> {
  private final OrderStreams ids;
  private final Consumer<List<GivenContact>> contacts;
  private final Clock clock;

  PlaceOrderHandler(OrderStreams ids, ContactStore contacts, Clock clock) {
    this.ids = ids;
    this.contacts = contacts::save;
    this.clock = clock;
  }

  @Override
  public Set<Class<? extends PlaceOrder>> commandTypes() {
    return Set.of(PlaceOrder.class);
  }

  @Override
  public Touched touched(PlaceOrder command, Streams first) {
    var written = new HashSet<StreamId<?>>();
    var read = new HashSet<StreamId<?>>();
    written.add(ids.order(command.orderId()));
    for (var line : command.lines()) {
      written.add(ids.stock(line.productId()));
      read.add(ids.product(line.productId()));
    }
    return new Touched(written, read);
  }

  @Override
  public PlacedOrder handle(PlaceOrder command, Streams streams) throws Exception {
    var order = streams.get(ids.order(command.orderId()));
    if (order.exists()) {
      return PlacedOrder.replay(order.invoke(Order::state), command);
    }
    var now = clock.instant();
    var offers = offers(OrderPlacement.quantitiesOf(command).keySet(), streams, now);
    var placement = OrderPlacement.decide(command, offers, now);
    var reservation = ReservationId.of(command.orderId());
    placement
        .reservations()
        .forEach((productId, quantity) ->
            streams
                .get(ids.stock(productId))
                .execute(
                    item -> item.hold(new ReserveStock(productId, reservation, quantity), now)));
    order.execute(placed -> placed.place(placement.event()));
    if (command.contact() != null) {
      streams.write(
          contacts,
          new GivenContact(
              command.orderId(), new OrderContact(command.userId(), command.contact())));
    }
    return new PlacedOrder(order.invoke(Order::state), false);
  }

  /** A product that does not exist has none. */
  private Map<ProductId, Offer> offers(
      Collection<ProductId> productIds, Streams streams, Instant now) {
    var offers = new HashMap<ProductId, Offer>();
    for (var id : productIds) {
      var product = streams.get(ids.product(id));
      if (product.exists()) {
        var state = product.invoke(Product::state);
        var available = streams.get(ids.stock(id)).invoke(item -> item.availableAt(now));
        offers.put(
            id, new Offer(id, state.price(), state.priceVersion(), state.active(), available));
      }
    }
    return offers;
  }
}
