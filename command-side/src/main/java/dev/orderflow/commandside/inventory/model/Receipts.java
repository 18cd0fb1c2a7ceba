package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReceiptKey;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.rejection.Rejection.ReceiptKeyReused;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which receipts of one product were taken in under keys: those of a day, and no more than a
 * snapshot can carry.
 */
final class Receipts {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final int MOST = 1_000;

  private final Map<ReceiptKey, Receipt> taken = new LinkedHashMap<>();

  /**
   * Pieces that came in under a key.
   *
   * @param at when they were taken in
   */
  record Receipt(ReceiptKey key, Quantity quantity, Instant at) {}

  Receipts(List<Receipt> state) {
    state.forEach(this::add);
  }

  /** All there is to know, in the order in which it came. */
  List<Receipt> state() {
    return List.copyOf(taken.values());
  }

  /**
   * Whether a command asks for what was taken in before.
   *
   * @throws ReceiptKeyReused when its key stands for another quantity
   */
  boolean repeated(ReceiveStock command) throws ReceiptKeyReused {
    var before = command.key() == null ? null : taken.get(command.key());
    if (before != null && !before.quantity().equals(command.quantity())) {
      throw new ReceiptKeyReused(before.quantity());
    }
    return before != null;
  }

  /** Takes note of what has happened. */
  void on(InventoryUpdatedEvent event) {
    if (event instanceof StockReceivedEvent received && received.receiptKey() != null) {
      add(new Receipt(received.receiptKey(), received.quantity(), received.timestamp()));
    }
    forgetBefore(event.timestamp().minus(KEPT));
  }

  private void add(Receipt receipt) {
    taken.put(receipt.key(), receipt);
  }

  private void forgetBefore(Instant limit) {
    var oldest = taken.values().iterator();
    while (oldest.hasNext() && (oldest.next().at().isBefore(limit) || taken.size() > MOST)) {
      oldest.remove();
    }
  }
}
