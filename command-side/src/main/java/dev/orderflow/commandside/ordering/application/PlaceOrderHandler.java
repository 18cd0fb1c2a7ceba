package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.eventstore.CommandHandlers;
import dev.orderflow.commandside.eventstore.KnownHeads;
import dev.orderflow.commandside.eventstore.StreamHeads;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Offer;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderPlacement;
import dev.orderflow.commandside.ordering.model.OrderState;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.springframework.stereotype.Component;

/**
 * Places an order in one unit of work and one transaction: loads everything in the order of the
 * products' ids, decides, and only then applies. A rejection applies nothing. Nothing remote and
 * nothing slow happens here.
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
    if (KnownHeads.current().exists(Order.streamId(command.orderId()))) {
      return placedBefore(command);
    }
    var loaded = load(OrderPlacement.quantitiesOf(command).keySet());
    var now = clock.instant();
    OrderPlacement placement;
    try {
      placement = OrderPlacement.decide(command, loaded.offers(now), now);
    } catch (Rejection rejection) {
      // A twin on another instance may just have placed it, and so caused the shortage.
      if (heads.exists(Order.streamId(command.orderId()))) {
        return placedBefore(command);
      }
      throw rejection;
    }
    placement
        .reservations()
        .forEach((productId, quantity) -> hold(loaded, command, productId, quantity, now));
    if (command.contact() != null) {
      contacts.save(command.orderId(), command.userId(), command.contact());
    }
    OrderState placed = orders.newInstance(() -> new Order(placement.event())).invoke(Order::state);
    return new PlacedOrder(placed, false);
  }

  private PlacedOrder placedBefore(PlaceOrder command) throws Rejection {
    return PlacedOrder.replay(
        orders.load(Order.streamId(command.orderId())).invoke(Order::state), command);
  }

  private Loaded load(Collection<ProductId> productIds) {
    var loaded = new Loaded(new TreeMap<>(), new TreeMap<>());
    for (var id : productIds) {
      load(products, Product.streamId(id)).ifPresent(found -> loaded.products().put(id, found));
      load(inventoryItems, InventoryItem.streamId(id))
          .ifPresent(found -> loaded.stock().put(id, found));
    }
    return loaded;
  }

  /** Empty when there is none; the decision treats it as unknown, or as out of stock. */
  private static <T> Optional<Aggregate<T>> load(Repository<T> repository, String streamId) {
    return KnownHeads.current().exists(streamId)
        ? Optional.of(repository.load(streamId))
        : Optional.empty();
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
