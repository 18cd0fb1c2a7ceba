package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.Stock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The negative controls: each rule notices when it is broken. */
class RulesTest {
  private static final Order CONFIRMED =
      new Order(
          "ORD-1",
          "alice",
          "CONFIRMED",
          List.of(new Order.Item("P", 2, BigDecimal.TEN)),
          new BigDecimal(20),
          "VND",
          "alice_key",
          "now",
          null);
  private static final EventRecord PLACED = order(0, "OrderPlacedEvent", "ORD-1", "alice_key");
  private static final EventRecord CONFIRMATION =
      order(1, "OrderConfirmedEvent", "ORD-1", "alice_key");
  private static final EventRecord RECEIVED = stock(0, "StockReceivedEvent", 10, 10, 0, 0);
  private static final EventRecord RESERVED = stock(1, "StockReservedEvent", 2, 8, 2, 0);
  private static final EventRecord COMMITTED = stock(2, "StockCommittedEvent", 2, 8, 0, 2);
  private static final EventRecord REQUESTED =
      payment("payments", 0, "PaymentRequestedEvent", "{}");
  private static final EventRecord PAID =
      payment("payment-outcomes", 1, "PaymentCompletedEvent", "{\"status\":\"SUCCESS\"}");

  @Test
  void a_right_history_passes() {
    assertThatCode(
            () -> {
              OrderRules.check(List.of(PLACED, CONFIRMATION), _ -> CONFIRMED);
              checkStock(new Stock("P", 8, 0, 2), 8, RECEIVED, RESERVED, COMMITTED);
              MoneyRules.check(List.of(REQUESTED, PAID), List.of(CONFIRMED), Set.of("PAY-1"));
              publish(List.of(RECEIVED, RESERVED, RECEIVED, RESERVED), RECEIVED, RESERVED);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void an_order_that_never_ends_is_noticed() {
    assertOrdersFail(PLACED);
  }

  @Test
  void an_order_that_is_shown_otherwise_than_it_ended_is_noticed() {
    assertOrdersFail(PLACED, order(1, "OrderCancelledEvent", "ORD-1", "alice_key"));
  }

  private static void assertOrdersFail(EventRecord... events) {
    assertThatThrownBy(() -> OrderRules.check(List.of(events), _ -> CONFIRMED))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void stock_that_stays_reserved_is_noticed() {
    assertStockFails(new Stock("P", 8, 2, 0), 8, RECEIVED, RESERVED);
  }

  @Test
  void stock_that_was_sold_to_nobody_is_noticed() {
    assertThatThrownBy(() ->
            StockRules.check(
                List.of(RECEIVED, RESERVED, COMMITTED),
                List.of(),
                _ -> new Stock("P", 8, 0, 2),
                _ -> 8))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_side_that_shows_other_levels_is_noticed() {
    assertStockFails(new Stock("P", 7, 0, 3), 8, RECEIVED, RESERVED, COMMITTED);
    assertStockFails(new Stock("P", 8, 0, 2), 10, RECEIVED, RESERVED, COMMITTED);
  }

  private static void assertStockFails(Stock commandSide, long querySide, EventRecord... events) {
    assertThatThrownBy(() -> checkStock(commandSide, querySide, events))
        .isInstanceOf(AssertionError.class);
  }

  private static void checkStock(Stock commandSide, long querySide, EventRecord... events) {
    StockRules.check(List.of(events), List.of(CONFIRMED), _ -> commandSide, _ -> querySide);
  }

  @Test
  void money_of_no_order_and_orders_without_money_are_noticed() {
    assertMoneyFails(List.of(), Set.of("PAY-1"), REQUESTED, PAID);
    assertMoneyFails(List.of(CONFIRMED), Set.of("PAY-1"), REQUESTED);
    assertMoneyFails(List.of(CONFIRMED), Set.of(), REQUESTED, PAID);
    assertMoneyFails(List.of(), Set.of(), REQUESTED);
  }

  private static void assertMoneyFails(
      List<Order> orders, Set<String> provider, EventRecord... events) {
    assertThatThrownBy(() -> MoneyRules.check(List.of(events), orders, provider))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void events_that_are_lost_made_up_changed_or_out_of_order_are_noticed() {
    assertPublicationFails(List.of(RECEIVED), RECEIVED, RESERVED);
    assertPublicationFails(List.of(RECEIVED, RESERVED), RECEIVED);
    assertPublicationFails(
        List.of(RECEIVED, stock(1, "StockReservedEvent", 2, 7, 3, 0)), RECEIVED, RESERVED);
    assertPublicationFails(List.of(RESERVED, RECEIVED), RECEIVED, RESERVED);
  }

  @Test
  void what_came_too_early_may_come_again_in_its_place() {
    publish(List.of(RESERVED, RECEIVED, RESERVED), RECEIVED, RESERVED);
  }

  private static void assertPublicationFails(List<EventRecord> records, EventRecord... stored) {
    assertThatThrownBy(() -> publish(records, stored)).isInstanceOf(AssertionError.class);
  }

  private static void publish(List<EventRecord> records, EventRecord... stored) {
    var events = new ArrayList<EventStoreReader.Stored>();
    for (var one : stored) {
      events.add(new EventStoreReader.Stored(one.ce("id"), one.position(), one.event(), "{}"));
    }
    PublicationRules.check(records, events);
  }

  private static EventRecord order(long sequence, String type, String id, String key) {
    return record("orders", id, sequence, type, "{\"version\":\"%s\"}".formatted(key));
  }

  private static EventRecord payment(String topic, long sequence, String type, String json) {
    return record(topic, "ORD-1", sequence, type, json);
  }

  private static EventRecord stock(
      long sequence, String type, int quantity, int available, int reserved, int sold) {
    return record(
        "inventory",
        "P",
        sequence,
        type,
        "{\"quantity\":%d,\"available\":%d,\"reserved\":%d,\"sold\":%d}"
            .formatted(quantity, available, reserved, sold));
  }

  private static EventRecord record(
      String topic, String key, long sequence, String type, String json) {
    var headers =
        Map.of(
            "ce_id",
            topic + key + sequence,
            "ce_type",
            "dev.orderflow.any." + type,
            "ce_subject",
            key,
            "ce_sequence",
            Long.toString(sequence));
    return new EventRecord(
        topic, 0, sequence, key, headers, json, JsonMapper.shared().readTree(json));
  }
}
