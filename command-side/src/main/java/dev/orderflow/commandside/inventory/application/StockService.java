package dev.orderflow.commandside.inventory.application;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReceiptKey;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.inventory.model.ReceivedStock;
import dev.orderflow.commandside.inventory.model.ReservedStock;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.error.RequestCheck;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with stock, and how it stands right now. */
@Service
public class StockService {
  private final CommandGateway commands;
  private final EventStorage events;
  private final InventoryProperties properties;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  StockService(
      CommandGateway commands, EventStorage events, InventoryProperties properties, Clock clock) {
    this.commands = commands;
    this.events = events;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Takes pieces in; once for each key.
   *
   * @param quantity null when the caller sent none: a violation
   * @param idempotencyKey null when the caller sent none: then every call counts
   * @throws InvalidRequestException also when the key does not have its form
   */
  public ReceivedStock receive(
      String productId, @Nullable Long quantity, @Nullable String idempotencyKey) throws Rejection {
    var id = existing(productId);
    var key = idempotencyKey == null ? null : receiptKey(idempotencyKey);
    var check = new RequestCheck();
    var pieces = check.required("quantity", quantity, Quantity::of);
    var command = check.orThrow(() -> new ReceiveStock(id, Objects.requireNonNull(pieces), key));
    return commands.execute(command, ReceivedStock.class);
  }

  private static ReceiptKey receiptKey(String text) {
    try {
      return new ReceiptKey(text);
    } catch (InvalidValueException e) {
      throw new InvalidRequestException(
          ErrorCode.INVALID_IDEMPOTENCY_KEY, List.of(new FieldViolation(e.field(), e.remedy())));
    }
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
    } catch (Rejection.InsufficientStock shortage) {
      existing(productId);
      throw shortage;
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
    var id = Product.named(productId);
    var last = events.last(InventoryItem.streamId(id));
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
    var command = settlement(productId, reservationId, settlement);
    try {
      var levels = commands.execute(command, StockLevels.class);
      if (levels.equals(StockLevels.NONE)) {
        existing(productId);
      }
      return levels;
    } catch (Rejection.ReservationNotFound unknown) {
      existing(productId);
      throw unknown;
    }
  }

  /** The command that sells, or gives back, what a reservation holds. */
  public static InventoryCommand settlement(
      String productId,
      String reservationId,
      BiFunction<ProductId, ReservationId, InventoryCommand> settlement) {
    var check = new RequestCheck();
    var product = check.required("productId", productId, ProductId::new);
    var reservation = check.required("reservationId", reservationId, ReservationId::new);
    return check.orThrow(() ->
        settlement.apply(Objects.requireNonNull(product), Objects.requireNonNull(reservation)));
  }

  private ProductId existing(String productId) throws Rejection {
    var id = Product.named(productId);
    if (!events.exists(Product.streamId(id))) {
      throw new Rejection.ProductNotFound(List.of(id));
    }
    return id;
  }
}
