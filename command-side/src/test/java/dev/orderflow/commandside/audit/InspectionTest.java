package dev.orderflow.commandside.audit;

import static dev.orderflow.commandside.audit.History.KETTLE;
import static dev.orderflow.commandside.audit.History.ORDER;
import static dev.orderflow.commandside.audit.History.activated;
import static dev.orderflow.commandside.audit.History.cancelled;
import static dev.orderflow.commandside.audit.History.committed;
import static dev.orderflow.commandside.audit.History.confirmed;
import static dev.orderflow.commandside.audit.History.created;
import static dev.orderflow.commandside.audit.History.deactivated;
import static dev.orderflow.commandside.audit.History.declined;
import static dev.orderflow.commandside.audit.History.paid;
import static dev.orderflow.commandside.audit.History.placed;
import static dev.orderflow.commandside.audit.History.priced;
import static dev.orderflow.commandside.audit.History.received;
import static dev.orderflow.commandside.audit.History.refundRequested;
import static dev.orderflow.commandside.audit.History.refunded;
import static dev.orderflow.commandside.audit.History.released;
import static dev.orderflow.commandside.audit.History.requested;
import static dev.orderflow.commandside.audit.History.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.ordering.OrderId;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InspectionTest {
  private final Findings findings = new Findings();

  /** Each event's global index is its place in the list, from 1. */
  private void look(Inspection inspection, List<DomainEvent> events) {
    for (var i = 0; i < events.size(); i++) {
      inspection.see(new StoredEvent(i + 1, "stream", i, events.get(i)));
    }
    inspection.end();
  }

  private void assertBroken(HistoryRule rule, long at) {
    assertThat(findings.broken()).containsOnlyKeys(rule);
    assertThat(findings.broken().get(rule).at()).isEqualTo(at);
  }

  static Stream<List<DomainEvent>> an_order_that_goes_its_way_breaks_no_rule() {
    return Stream.of(
        List.of(reserved(2), placed(), requested(), paid(), confirmed(), committed(2)),
        List.of(reserved(2), placed(), requested(), declined(), cancelled(), released(2)),
        List.of(reserved(2), placed(), cancelled(), released(2)),
        List.of(
            reserved(2),
            placed(),
            requested(),
            cancelled(),
            released(2),
            paid(),
            refundRequested(),
            refunded()));
  }

  @ParameterizedTest
  @MethodSource
  void an_order_that_goes_its_way_breaks_no_rule(List<DomainEvent> events) {
    look(order(), events);

    assertThat(findings.broken()).isEmpty();
    assertThat(findings.underWay()).isEmpty();
  }

  static Stream<Arguments> an_order_that_does_not_breaks_one() {
    return Stream.of(
        broken(HistoryRule.ORDERS, 3, reserved(2), placed(), placed()),
        broken(HistoryRule.ORDERS, 2, reserved(2), placed(ORDER, new BigDecimal("11.0"))),
        broken(HistoryRule.ORDERS, 1, reserved(2), released(2)),
        broken(HistoryRule.ORDERS, 4, reserved(2), placed(), cancelled(), cancelled(), released(2)),
        broken(HistoryRule.ORDER_STOCK, 1, placed()),
        broken(HistoryRule.ORDER_STOCK, 2, reserved(1), placed()),
        broken(HistoryRule.ORDER_STOCK, 1, reserved(2), placed(), committed(2)),
        broken(
            HistoryRule.ORDER_STOCK,
            1,
            reserved(2),
            placed(),
            requested(),
            paid(),
            confirmed(),
            released(2)),
        broken(HistoryRule.ORDER_STOCK, 1, reserved(2), placed(), cancelled(), committed(2)),
        broken(HistoryRule.RESERVATIONS, 2, reserved(2), reserved(2), placed()),
        broken(
            HistoryRule.RESERVATIONS,
            5,
            reserved(2),
            placed(),
            cancelled(),
            released(2),
            released(2)),
        broken(HistoryRule.RESERVATIONS, 4, reserved(2), placed(), cancelled(), released(1)),
        broken(HistoryRule.MONEY, 3, reserved(2), placed(), confirmed(), committed(2)),
        broken(HistoryRule.MONEY, 3, reserved(2), placed(), requested(BigDecimal.ONE)),
        broken(HistoryRule.MONEY, 4, reserved(2), placed(), requested(), requested()),
        broken(HistoryRule.MONEY, 3, reserved(2), placed(), paid()),
        broken(HistoryRule.MONEY, 5, reserved(2), placed(), requested(), paid(), paid()),
        broken(
            HistoryRule.MONEY,
            5,
            reserved(2),
            placed(),
            requested(),
            declined(),
            refundRequested()),
        broken(
            HistoryRule.MONEY,
            7,
            reserved(2),
            placed(),
            requested(),
            paid(),
            confirmed(),
            committed(2),
            refundRequested()),
        broken(
            HistoryRule.MONEY,
            6,
            reserved(2),
            placed(),
            requested(),
            paid(),
            cancelled(),
            refunded()));
  }

  private static Arguments broken(HistoryRule rule, long at, DomainEvent... events) {
    return Arguments.of(rule, at, List.of(events));
  }

  @ParameterizedTest
  @MethodSource
  void an_order_that_does_not_breaks_one(HistoryRule rule, long at, List<DomainEvent> events) {
    look(order(), events);

    assertBroken(rule, at);
  }

  @Test
  void what_waits_is_no_breach() {
    look(order(), List.of(reserved(2), placed(), requested()));
    look(order(), List.of(reserved(2), placed(), requested(), paid(), confirmed()));
    look(order(), List.of(reserved(2), placed(), requested(), cancelled(), released(2)));
    look(order(), List.of(reserved(2), placed(), requested(), paid(), cancelled(), released(2)));
    look(
        new OrderInspection("01910840-1b00-7abc-8def-0123456789ab", findings),
        List.of(reserved(2)));

    assertThat(findings.broken()).isEmpty();
    assertThat(findings.underWay().keySet())
        .containsExactly(
            "orders",
            "payments of cancelled orders",
            "refunds",
            "reservations of orders that have ended",
            "reservations without an order");
  }

  @Test
  void stock_that_adds_up_and_prices_of_the_day_break_no_rule() {
    look(
        product(),
        List.of(
            created(),
            received(10, 10),
            reserved(2),
            placed(),
            priced(6),
            deactivated(),
            activated(),
            committed(2)));

    assertThat(findings.broken()).isEmpty();
  }

  static Stream<Arguments> stock_that_does_not_add_up_and_other_prices_break_one() {
    return Stream.of(
        broken(HistoryRule.STOCK, 2, received(10, 10), reserved(2, new StockLevels(9, 2, 0))),
        broken(HistoryRule.STOCK, 2, received(10, 10), committed(2)),
        broken(
            HistoryRule.STOCK,
            1,
            new StockReceivedEvent(KETTLE, new Quantity(1), -1, 2, 0, null, History.AT)),
        broken(HistoryRule.PRICES, 3, created(), priced(6), placed()),
        broken(HistoryRule.PRICES, 3, created(), deactivated(), placed()),
        broken(HistoryRule.PRICES, 1, placed()));
  }

  @ParameterizedTest
  @MethodSource
  void stock_that_does_not_add_up_and_other_prices_break_one(
      HistoryRule rule, long at, List<DomainEvent> events) {
    look(product(), events);

    assertBroken(rule, at);
  }

  @Test
  void a_second_order_of_a_key_breaks_a_rule_since_its_id_does_not_follow_from_the_key() {
    look(order(), List.of(reserved(2), placed()));
    assertThat(findings.broken()).isEmpty();

    var other = new OrderId("ORD-other");
    look(
        new OrderInspection(other.value(), findings),
        List.of(reserved(2), placed(other, new BigDecimal("10.0"))));

    assertBroken(HistoryRule.IDEMPOTENCY, 2);
  }

  @Test
  void a_hole_and_a_stream_of_another_kind_break_a_rule() {
    var inspection = new StreamInspection(findings);
    inspection.see(new StoredEvent(1, "order-" + ORDER, 0, placed()));
    inspection.see(new StoredEvent(5, "order-" + ORDER, 2, cancelled()));
    inspection.see(new StoredEvent(6, "order-other", 3, cancelled()));
    inspection.end();

    assertThat(findings.broken()).containsOnlyKeys(HistoryRule.SEQUENCES, HistoryRule.READABLE);
    assertThat(findings.broken().get(HistoryRule.SEQUENCES).first())
        .isEqualTo(
            "event 5 (OrderCancelledEvent, sequence 2 of order-%s): expected sequence 1"
                .formatted(ORDER));
  }

  private OrderInspection order() {
    return new OrderInspection(ORDER.value(), findings);
  }

  private ProductInspection product() {
    return new ProductInspection(KETTLE.value(), findings);
  }
}
