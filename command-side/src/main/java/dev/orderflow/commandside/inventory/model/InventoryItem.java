package dev.orderflow.commandside.inventory.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The stock of one product, and who holds how much of it. */
public class InventoryItem {
  @AggregateIdentifier
  @SuppressWarnings("UnusedVariable") // Axon reads it.
  private @Nullable String streamId;

  private StockLevels levels = StockLevels.NONE;
  private final Map<ReservationId, Quantity> reservations = new HashMap<>();

  /** Before anything was received. */
  InventoryItem() {}

  /** The name of a stock's stream in the event store. */
  public static String streamId(ProductId productId) {
    return "stock-" + productId.value();
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  StockLevels receive(ReceiveStock command, Clock clock) {
    apply(
        new StockReceivedEvent(
            command.productId(),
            command.quantity(),
            levels.received(command.quantity()),
            clock.instant()));
    return levels;
  }

  @CommandHandler
  StockLevels reserve(ReserveStock command, Clock clock) throws Rejection {
    if (!reservations.containsKey(command.reservationId())) {
      if (levels.available() < command.quantity().value()) {
        throw new Rejection.InsufficientStock(
            List.of(
                new Rejection.InsufficientStock.Shortage(
                    command.productId(), command.quantity().value(), levels.available())));
      }
      hold(command, clock.instant());
    }
    return levels;
  }

  /**
   * Holds pieces, where it was decided already that they are there.
   *
   * @throws IllegalArgumentException when they are not: a bug of the decision
   */
  public void hold(ReserveStock command, Instant now) {
    apply(
        new StockReservedEvent(
            command.productId(),
            command.reservationId(),
            command.quantity(),
            levels.held(command.quantity()),
            now));
  }

  @CommandHandler
  StockLevels commit(CommitStock command, Clock clock) {
    var held = reservations.get(command.reservationId());
    if (held != null) {
      apply(
          new StockCommittedEvent(
              command.productId(),
              command.reservationId(),
              held,
              levels.committed(held),
              clock.instant()));
    }
    return levels;
  }

  @CommandHandler
  StockLevels release(ReleaseStock command, Clock clock) {
    var held = reservations.get(command.reservationId());
    if (held != null) {
      apply(
          new StockReleasedEvent(
              command.productId(),
              command.reservationId(),
              held,
              levels.released(held),
              clock.instant()));
    }
    return levels;
  }

  @EventSourcingHandler
  void on(InventoryUpdatedEvent event) {
    streamId = streamId(event.productId());
    levels = event.levels();
    switch (event) {
      case StockReceivedEvent _ -> {}
      case StockReservedEvent reserved ->
          reservations.put(reserved.reservationId(), reserved.quantity());
      case StockCommittedEvent committed -> reservations.remove(committed.reservationId());
      case StockReleasedEvent released -> reservations.remove(released.reservationId());
    }
  }

  /** Where the pieces are. */
  public StockLevels levels() {
    return levels;
  }
}
