package dev.orderflow.commandside.inventory.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.ReceiptKey;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.rejection.Rejection.ReceiptKeyReused;
import dev.orderflow.commandside.testing.CommandTargets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** The same receipt again takes nothing in. */
class ReceiptsTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final Quantity TEN = new Quantity(10);
  private static final StockReceivedEvent TAKEN = taken("note-17", NOW);

  private final AggregateTestFixture<InventoryItem> fixture =
      new AggregateTestFixture<>(InventoryItem.class);

  ReceiptsTest() {
    fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    fixture.registerCommandTargetResolver(new CommandTargets());
  }

  @Test
  void a_key_is_recorded_with_what_it_took_in() {
    fixture
        .givenNoPriorActivity()
        .when(receive("note-17", TEN))
        .expectEvents(TAKEN)
        .expectResultMessagePayload(new ReceivedStock(new StockLevels(10, 0, 0), 1, false));
  }

  @Test
  void the_same_key_and_quantity_change_nothing_and_say_so() {
    fixture
        .given(TAKEN)
        .when(receive("note-17", TEN))
        .expectNoEvents()
        .expectResultMessagePayload(new ReceivedStock(new StockLevels(10, 0, 0), 1, true));
  }

  @Test
  void the_same_key_with_another_quantity_is_refused() {
    fixture
        .given(TAKEN)
        .when(receive("note-17", new Quantity(11)))
        .expectNoEvents()
        .expectException(ReceiptKeyReused.class);
  }

  @Test
  void another_key_or_none_takes_in_more() {
    var more = new StockLevels(20, 0, 0);
    fixture
        .given(TAKEN)
        .when(receive("note-18", TEN))
        .expectEvents(new StockReceivedEvent(KETTLE, TEN, more, new ReceiptKey("note-18"), NOW));
    fixture
        .given(taken(null, NOW))
        .when(new ReceiveStock(KETTLE, TEN))
        .expectEvents(new StockReceivedEvent(KETTLE, TEN, more, NOW));
  }

  @Test
  void a_snapshot_remembers_the_keys() {
    var original = new InventoryItem();
    original.on(TAKEN);
    var restored = new InventoryItem();
    restored.on(original.state());

    assertThat(original.state().receipts()).hasSize(1);
    assertThat(restored.state()).isEqualTo(original.state());
  }

  @Test
  void keys_are_forgotten_after_a_day() throws ReceiptKeyReused {
    var receipts = new Receipts(List.of());
    receipts.on(TAKEN);
    receipts.on(taken("note-18", NOW.plus(Duration.ofHours(24))));
    assertThat(receipts.repeated(receive("note-17", TEN))).isTrue();

    receipts.on(taken(null, NOW.plus(Duration.ofHours(24)).plusMillis(1)));

    assertThat(receipts.repeated(receive("note-17", TEN))).isFalse();
    assertThat(receipts.repeated(receive("note-18", TEN))).isTrue();
  }

  @Test
  void no_more_than_a_thousand_keys_are_remembered_the_latest() throws ReceiptKeyReused {
    var receipts = new Receipts(List.of());
    for (var number = 0; number <= 1_000; number++) {
      receipts.on(taken("note-" + number, NOW));
    }

    assertThat(receipts.state()).hasSize(1_000);
    assertThat(receipts.repeated(receive("note-0", TEN))).isFalse();
    assertThatThrownBy(() -> receipts.repeated(receive("note-1", new Quantity(1))))
        .isInstanceOf(ReceiptKeyReused.class)
        .hasMessageContaining("10 pieces");
  }

  private static ReceiveStock receive(String key, Quantity quantity) {
    return new ReceiveStock(KETTLE, quantity, new ReceiptKey(key));
  }

  private static StockReceivedEvent taken(String key, Instant at) {
    return new StockReceivedEvent(
        KETTLE, TEN, new StockLevels(10, 0, 0), key == null ? null : new ReceiptKey(key), at);
  }
}
