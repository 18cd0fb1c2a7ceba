package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.eventstore.CommandHandlers;
import dev.orderflow.commandside.eventstore.StaleAggregateException;
import dev.orderflow.commandside.eventstore.StreamHeads;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Offer;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderPlacement;
import dev.orderflow.commandside.ordering.model.OrderState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Places an order in one unit of work and one transaction: loads everything in the order of the
 * streams' names, makes sure that it is current, decides, and only then applies. A rejection
 * applies nothing. Nothing remote and nothing slow happens here.
 */
@Component
class PlaceOrderHandler implements CommandHandlers {
  private final Repository<Product> products;
  private final Repository<InventoryItem> inventoryItems;
  private final Repository<Order> orders;
  private final StreamHeads heads;
  private final ContactStore contacts;

  PlaceOrderHandler(
      Repository<Product> products,
      Repository<InventoryItem> inventoryItems,
      Repository<Order> orders,
      StreamHeads heads,
      ContactStore contacts) {
    this.products = products;
    this.inventoryItems = inventoryItems;
    this.orders = orders;
    this.heads = heads;
    this.contacts = contacts;
  }

  @CommandHandler
  PlacedOrder place(PlaceOrder command, Clock clock) throws Exception {
    var quantities = OrderPlacement.quantitiesOf(command);
    var loaded = new Loaded(new TreeMap<>(), new TreeMap<>());
    for (var productId : quantities.keySet()) {
      load(products, Product.streamId(productId), productId, loaded.products());
    }
    for (var productId : quantities.keySet()) {
      load(inventoryItems, InventoryItem.streamId(productId), productId, loaded.stock());
    }
    if (isPlacedAlready(command, quantities.keySet(), loaded)) {
      return PlacedOrder.replay(
          orders.load(Order.streamId(command.orderId())).invoke(Order::state), command);
    }
    var now = clock.instant();
    var placement = OrderPlacement.decide(command, loaded.offers(now), now);
    placement
        .reservations()
        .forEach((productId, quantity) -> hold(loaded, command, productId, quantity, now));
    if (command.contact() != null) {
      contacts.save(command.orderId(), command.userId(), command.contact());
    }
    OrderState placed = orders.newInstance(() -> new Order(placement.event())).invoke(Order::state);
    return new PlacedOrder(placed, false);
  }

  private static <T> void load(
      Repository<T> repository,
      String streamId,
      ProductId productId,
      Map<ProductId, Aggregate<T>> loaded) {
    try {
      loaded.put(productId, repository.load(streamId));
    } catch (AggregateNotFoundException _) {
      // The decision treats what is missing as unknown, or as out of stock.
    }
  }

  /**
   * One query tells both: whether what was loaded is current, and whether a twin of this command
   * has placed the order meanwhile.
   */
  private boolean isPlacedAlready(
      PlaceOrder command, Collection<ProductId> productIds, Loaded loaded) {
    var streams = new ArrayList<String>();
    streams.add(Order.streamId(command.orderId()));
    productIds.forEach(id -> streams.add(Product.streamId(id)));
    productIds.forEach(id -> streams.add(InventoryItem.streamId(id)));
    var current = heads.of(streams);
    if (current.containsKey(Order.streamId(command.orderId()))) {
      return true;
    }
    for (var productId : productIds) {
      requireCurrent(Product.streamId(productId), loaded.products().get(productId), current);
      requireCurrent(InventoryItem.streamId(productId), loaded.stock().get(productId), current);
    }
    return false;
  }

  private static void requireCurrent(
      String streamId, @Nullable Aggregate<?> aggregate, Map<String, Long> current) {
    var known = aggregate == null ? null : aggregate.version();
    if (!Objects.equals(known, current.get(streamId))) {
      throw new StaleAggregateException(streamId);
    }
  }

  private static void hold(
      Loaded loaded, PlaceOrder command, ProductId productId, Quantity quantity, Instant now) {
    var stock = loaded.stock().get(productId);
    if (stock == null) {
      throw new IllegalStateException("decided to hold what was never received: " + productId);
    }
    var reserve = new ReserveStock(productId, ReservationId.of(command.orderId()), quantity);
    stock.execute(item -> item.hold(reserve, now));
  }

  private record Loaded(
      Map<ProductId, Aggregate<Product>> products, Map<ProductId, Aggregate<InventoryItem>> stock) {
    Map<ProductId, Offer> offers(Instant now) {
      var offers = new HashMap<ProductId, Offer>();
      products.forEach((id, product) -> offers.put(id, offer(id, product, now)));
      return offers;
    }

    private Offer offer(ProductId id, Aggregate<Product> product, Instant now) {
      ProductState state = product.invoke(Product::state);
      var item = stock.get(id);
      long available = item == null ? 0 : item.invoke(stocked -> stocked.availableAt(now));
      return new Offer(id, state.price(), state.priceVersion(), state.active(), available);
    }
  }
}
