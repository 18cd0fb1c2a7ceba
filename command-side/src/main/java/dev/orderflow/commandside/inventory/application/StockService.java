package dev.orderflow.commandside.inventory.application;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.eventstore.Commands;
import dev.orderflow.commandside.eventstore.LastEventReader;
import dev.orderflow.commandside.eventstore.StreamHeads;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.platform.error.RequestCheck;
import java.util.List;
import java.util.Objects;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with stock, and how it stands right now. */
@Service
public class StockService {
  private final Commands commands;
  private final StreamHeads heads;
  private final LastEventReader lastEvents;

  StockService(Commands commands, StreamHeads heads, LastEventReader lastEvents) {
    this.commands = commands;
    this.heads = heads;
    this.lastEvents = lastEvents;
  }

  /**
   * Takes pieces in.
   *
   * @param quantity null when the caller sent none: a violation
   */
  public StockLevels receive(String productId, @Nullable Long quantity) throws Rejection {
    var id = existing(productId);
    var check = new RequestCheck();
    var pieces = check.required("quantity", quantity, Quantity::of);
    var command = check.orThrow(() -> new ReceiveStock(id, Objects.requireNonNull(pieces)));
    return commands.execute(command, StockLevels.class);
  }

  /** Sells what a reservation holds. */
  public StockLevels commit(String productId, String reservationId) throws Rejection {
    return settle(new CommitStock(new ProductId(productId), new ReservationId(reservationId)));
  }

  /** Gives back what a reservation holds. */
  public StockLevels release(String productId, String reservationId) throws Rejection {
    return settle(new ReleaseStock(new ProductId(productId), new ReservationId(reservationId)));
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

  private StockLevels settle(InventoryCommand command) throws Rejection {
    try {
      return commands.execute(command, StockLevels.class);
    } catch (AggregateNotFoundException _) {
      // Where nothing was ever received nothing is held: done already.
      existing(command.productId().value());
      return StockLevels.NONE;
    }
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
