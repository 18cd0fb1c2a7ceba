package dev.orderflow.commandside.ordering.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.Instance;
import dev.orderflow.commandside.eventstore.CommittedEvents;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.ordering.application.OpenOrders.Admission;
import dev.orderflow.platform.testing.TestPostgres;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** The end of an order may be committed after much that has a later place. */
class LateEndsIT {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final ProductId KETTLE = new ProductId("KETTLE");
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void an_end_that_was_committed_late_makes_room() {
    try (var instance = Instance.start(TestPostgres.newDatabase())) {
      var events = instance.bean(EventStorage.class);
      var orders =
          new OpenOrders(
              instance.bean(CommittedEvents.class), events, new OrderingProperties(10, 1, 10));
      append(events, 0, placed(ANN, 1));
      orders.look();
      assertThat(orders.admit(order(ANN, 2))).isEqualTo(Admission.REFUSED);

      instance
          .bean(TransactionTemplate.class)
          .executeWithoutResult(_ -> {
            append(events, 1, new OrderCancelledEvent(id(ANN, 1), CancelReason.PAYMENT_FAILED, AT));
            CompletableFuture.runAsync(
                    () -> {
                      append(events, 0, placed(BOB, 1));
                      orders.look();
                    })
                .join();
          });
      assertThat(orders.admit(order(ANN, 2))).isEqualTo(Admission.REFUSED);

      orders.look();

      assertThat(orders.admit(order(ANN, 2))).isEqualTo(Admission.NEW);
    }
  }

  private static void append(EventStorage events, long sequence, OrderEvent event) {
    events.append(
        List.of(
            new GenericDomainEventMessage<>("Order", "order-" + event.orderId(), sequence, event)));
  }

  private static OrderEvent placed(UserId user, int number) {
    return new OrderPlacedEvent(
        id(user, number),
        user,
        List.of(new OrderItem(KETTLE, new Quantity(1), BigDecimal.TEN)),
        BigDecimal.TEN,
        Currency.getInstance("EUR"),
        key(user, number),
        null,
        new RequestFingerprint("abc"),
        AT);
  }

  private static PlaceOrder order(UserId user, int number) {
    var line = new OrderLine(KETTLE, new Quantity(1), BigDecimal.TEN, 1);
    return new PlaceOrder(user, key(user, number), List.of(line), null, null);
  }

  private static OrderId id(UserId user, int number) {
    return OrderId.of(user, key(user, number));
  }

  private static IdempotencyKey key(UserId user, int number) {
    return new IdempotencyKey("%s_20261122100000_%d".formatted(user, number));
  }
}
