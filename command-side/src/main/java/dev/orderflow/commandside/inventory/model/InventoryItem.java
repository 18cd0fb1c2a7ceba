package dev.orderflow.commandside.inventory.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.inventory.model.Reservations.Held;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The stock of one product, and its reservations. */
public class InventoryItem {
  /** Most that one command ends; each reservation has a task that sends one. */
  private static final int MAX_EXPIRED_AT_ONCE = 1_000;

  @AggregateIdentifier private @Nullable String streamId;

  private StockLevels levels = StockLevels.NONE;
  private Reservations reservations = new Reservations(Reservations.State.NONE);
  private Receipts receipts = new Receipts(List.of());

  /** Before anything was received. */
  public InventoryItem() {}

  /** The name of a stock's stream in the event store. */
  public static String streamId(ProductId productId) {
    return "stock-" + productId.value();
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ReceivedStock receive(ReceiveStock command, Clock clock) throws Rejection {
    var replayed = receipts.repeated(command);
    if (!replayed) {
      apply(
          new StockReceivedEvent(
              command.productId(),
              command.quantity(),
              levels.received(command.quantity()),
              command.key(),
              clock.instant()));
    }
    return new ReceivedStock(levels, getVersion() + 1, replayed);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  ReservedStock reserve(ReserveStock command, Clock clock) throws Rejection {
    var now = clock.instant();
    if (reservations.repeated(command, now).isEmpty()) {
      if (availableAt(now) < command.quantity().value()) {
        throw new Rejection.InsufficientStock(
            List.of(
                new Rejection.InsufficientStock.Shortage(
                    command.productId(), command.quantity().value(), availableAt(now))));
      }
      hold(command, now);
    }
    var expiresAt = reservations.repeated(command, now).map(Held::expiresAt).orElse(null);
    return new ReservedStock(command.reservationId(), expiresAt, levels);
  }

  /**
   * Holds pieces, where it was decided already that they are available now.
   *
   * @throws IllegalArgumentException when they are not: a bug of the decision
   */
  public void hold(ReserveStock command, Instant now) {
    expireUntilThereIs(command.quantity(), command.productId(), now);
    var expiresAt = command.timeToLive() == null ? null : now.plus(command.timeToLive());
    apply(
        new StockReservedEvent(
            command.productId(),
            command.reservationId(),
            command.quantity(),
            levels.held(command.quantity()),
            expiresAt,
            now));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  StockLevels commit(CommitStock command, Clock clock) throws Rejection {
    var now = clock.instant();
    reservations
        .toCommit(command.reservationId(), now)
        .ifPresent(held -> {
          var after = levels.committed(held.quantity());
          apply(
              new StockCommittedEvent(command.productId(), held.id(), held.quantity(), after, now));
        });
    return levels;
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  StockLevels release(ReleaseStock command, Clock clock) throws Rejection {
    reservations
        .toRelease(command.reservationId())
        .ifPresent(held -> {
          var after = levels.released(held.quantity());
          apply(
              new StockReleasedEvent(
                  command.productId(), held.id(), held.quantity(), after, clock.instant()));
        });
    return levels;
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  StockLevels expire(ExpireReservations command, Clock clock) {
    var now = clock.instant();
    reservations.dueAt(now).stream()
        .limit(MAX_EXPIRED_AT_ONCE)
        .forEach(due -> expire(command.productId(), due, now));
    return levels;
  }

  /** No more than needed: reservations past their time may be many, and have tasks of their own. */
  private void expireUntilThereIs(Quantity needed, ProductId productId, Instant now) {
    reservations.dueAt(now).stream()
        .takeWhile(_ -> levels.available() < needed.value())
        .forEach(due -> expire(productId, due, now));
  }

  private void expire(ProductId productId, Held due, Instant now) {
    var after = levels.released(due.quantity());
    apply(new ReservationExpiredEvent(productId, due.id(), due.quantity(), after, now));
  }

  @EventSourcingHandler
  void on(InventoryUpdatedEvent event) {
    streamId = streamId(event.productId());
    levels = event.levels();
    reservations.on(event);
    receipts.on(event);
  }

  @EventSourcingHandler
  void on(InventoryItemState snapshot) {
    streamId = snapshot.streamId();
    levels = snapshot.levels();
    reservations = new Reservations(snapshot.reservations());
    receipts = new Receipts(snapshot.receipts());
  }

  /** Its state, with all reservations. */
  public InventoryItemState state() {
    if (streamId == null) {
      throw new IllegalStateException("nothing received yet");
    }
    return new InventoryItemState(streamId, levels, reservations.state(), receipts.state());
  }

  /** How many pieces are available, reserved and sold. */
  public StockLevels levels() {
    return levels;
  }

  /** Pieces that can be held: those that are free, and those of reservations past their time. */
  public long availableAt(Instant now) {
    var due = reservations.dueAt(now).stream().mapToLong(held -> held.quantity().value()).sum();
    return levels.available() + due;
  }
}
