package dev.orderflow.commandside.inventory.application;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.Rejection.InsufficientStock.Shortage;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.eventstore.Commands;
import dev.orderflow.commandside.eventstore.LastEventReader;
import dev.orderflow.commandside.eventstore.StreamHeads;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.inventory.model.ReceivedStock;
import dev.orderflow.commandside.inventory.model.ReservedStock;
import dev.orderflow.platform.error.RequestCheck;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with stock, and how it stands right now. */
@Service
public class StockService {
  private final Commands commands;
  private final StreamHeads heads;
  private final LastEventReader lastEvents;
  private final InventoryProperties properties;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  StockService(
      Commands commands,
      StreamHeads heads,
      LastEventReader lastEvents,
      InventoryProperties properties,
      Clock clock) {
    this.commands = commands;
    this.heads = heads;
    this.lastEvents = lastEvents;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Takes pieces in.
   *
   * @param quantity null when the caller sent none: a violation
   */
  public ReceivedStock receive(String productId, @Nullable Long quantity) throws Rejection {
    var id = existing(productId);
    var check = new RequestCheck();
    var pieces = check.required("quantity", quantity, Quantity::of);
    var command = check.orThrow(() -> new ReceiveStock(id, Objects.requireNonNull(pieces)));
    return commands.execute(command, ReceivedStock.class);
  }

  /**
   * Holds pieces without an order, for as long as the settings say.
   *
   * @param reservationId null lets us choose
   */
  public ReservedStock reserve(String productId, long quantity, @Nullable String reservationId)
      throws Rejection {
    var check = new RequestCheck();
    var product = check.required("productId", productId, ProductId::new);
    var pieces = check.required("quantity", quantity, Quantity::of);
    var chosen =
        check.optional(
            "reservationId",
            reservationId,
            text -> ReservationId.withoutOrder(text, clock.instant()));
    var command =
        check.orThrow(() ->
            new ReserveStock(
                Objects.requireNonNull(product),
                chosen == null ? new ReservationId(ids.generate().toString()) : chosen,
                Objects.requireNonNull(pieces),
                properties.reservationTtl()));
    try {
      return commands.execute(command, ReservedStock.class);
    } catch (AggregateNotFoundException _) {
      throw new Rejection.InsufficientStock(
          List.of(new Shortage(existing(productId), command.quantity().value(), 0)));
    }
  }

  /** Sells what a reservation holds. */
  public StockLevels commit(String productId, String reservationId) throws Rejection {
    return settle(productId, reservationId, CommitStock::new);
  }

  /** Gives back what a reservation holds. */
  public StockLevels release(String productId, String reservationId) throws Rejection {
    return settle(productId, reservationId, ReleaseStock::new);
  }

  /** How the stock of a product stands right now. */
  public StockLevels levels(String productId) throws Rejection {
    var id = known(productId);
    var last = lastEvents.of(InventoryItem.streamId(id));
    if (last.isPresent()) {
      return ((InventoryUpdatedEvent) last.get()).levels();
    }
    existing(productId);
    return StockLevels.NONE;
  }

  private StockLevels settle(
      String productId,
      String reservationId,
      BiFunction<ProductId, ReservationId, InventoryCommand> settlement)
      throws Rejection {
    var check = new RequestCheck();
    var product = check.required("productId", productId, ProductId::new);
    var reservation = check.required("reservationId", reservationId, ReservationId::new);
    var command =
        check.orThrow(() ->
            settlement.apply(Objects.requireNonNull(product), Objects.requireNonNull(reservation)));
    try {
      return commands.execute(command, StockLevels.class);
    } catch (AggregateNotFoundException _) {
      existing(productId);
      return nothingHeld(new ReservationId(reservationId));
    }
  }

  /** Where nothing was ever received nothing is held: for an order, that is done already. */
  private static StockLevels nothingHeld(ReservationId id) throws Rejection {
    if (id.isOrders()) {
      return StockLevels.NONE;
    }
    throw new Rejection.ReservationNotFound(id);
  }

  private ProductId existing(String productId) throws Rejection {
    var id = known(productId);
    if (!heads.exists(Product.streamId(id))) {
      throw new Rejection.ProductNotFound(List.of(id));
    }
    return id;
  }

  /** An id that cannot be one names no product. */
  private static ProductId known(String productId) throws Rejection {
    try {
      return new ProductId(productId);
    } catch (InvalidValueException _) {
      throw new Rejection.ProductNotFound(List.of());
    }
  }
}
