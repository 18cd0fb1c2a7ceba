package dev.orderflow.commandside.inventory.expiry;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.EventAppendListener;
import dev.orderflow.platform.postgres.TextArray;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Stores with every reservation that expires, in its transaction, when its time is over, and ends
 * it then. Every instance looks; what one has claimed and not ended, any of them takes over. A
 * reservation that has ended meanwhile is let be.
 */
@Component
final class ReservationExpiry implements EventAppendListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReservationExpiry.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final Duration CLAIM = Duration.ofSeconds(5);

  /** Further ones have to wait for the next look: one thread does all that is scheduled. */
  private static final int MOST_AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final ObjectProvider<CommandGateway> commands;
  private final Clock clock;

  ReservationExpiry(JdbcClient jdbc, ObjectProvider<CommandGateway> commands, Clock clock) {
    this.jdbc = jdbc;
    this.commands = commands;
    this.clock = clock;
  }

  private record Due(ProductId productId, String reservationId) {}

  @Override
  public void appended(List<DomainEventMessage<?>> events) {
    var expiring =
        events.stream()
            .map(DomainEventMessage::getPayload)
            .filter(StockReservedEvent.class::isInstance)
            .map(StockReservedEvent.class::cast)
            .filter(reserved -> reserved.expiresAt() != null)
            .toList();
    if (!expiring.isEmpty()) {
      jdbc.sql(
              """
              INSERT INTO reservation_expiry (product_id, reservation_id, due)
              SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[])\
              """)
          .param(TextArray.of(expiring, reserved -> reserved.productId().value()))
          .param(TextArray.of(expiring, reserved -> reserved.reservationId().value()))
          .param(TextArray.of(expiring, reserved -> Objects.toString(reserved.expiresAt())))
          .update();
    }
  }

  @Scheduled(fixedDelay = LOOK_MILLIS)
  void look() {
    try {
      var due = claim();
      if (!due.isEmpty()) {
        end(due);
      }
    } catch (RuntimeException e) {
      LOG.warn("Reservations past their time could not be ended at the moment: {}", e.toString());
    }
  }

  private List<Due> claim() {
    var now = clock.instant();
    return jdbc.sql(
            """
            UPDATE reservation_expiry SET due = ? WHERE (product_id, reservation_id) IN (
              SELECT product_id, reservation_id FROM reservation_expiry WHERE due <= ?
              ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING product_id, reservation_id\
            """)
        .param(now.plus(CLAIM).atOffset(ZoneOffset.UTC))
        .param(now.atOffset(ZoneOffset.UTC))
        .param(MOST_AT_ONCE)
        .query((row, _) ->
            new Due(new ProductId(row.getString("product_id")), row.getString("reservation_id")))
        .list();
  }

  private void end(List<Due> due) {
    var ended =
        commands
            .getObject()
            .executeAll(
                due,
                each -> new ExpireReservations(each.productId()),
                _ -> null,
                (each, _) -> Optional.of(each),
                ReservationExpiry::failed)
            .stream()
            .flatMap(Optional::stream)
            .toList();
    jdbc.sql(
            """
            DELETE FROM reservation_expiry WHERE (product_id, reservation_id) IN (
              SELECT * FROM unnest(?::text[], ?::text[]))\
            """)
        .param(TextArray.of(ended, each -> each.productId().value()))
        .param(TextArray.of(ended, Due::reservationId))
        .update();
  }

  private static Optional<Due> failed(Due due, Exception failure) {
    LOG.warn(
        "{} could not be ended, and comes again within {}: {}", due, CLAIM, failure.toString());
    return Optional.empty();
  }
}
