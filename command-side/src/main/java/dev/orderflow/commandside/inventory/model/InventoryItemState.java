package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.inventory.StockLevels;
import java.util.List;

/**
 * The stock of a product with everybody who holds some of it and the keys of its latest receipts:
 * the form of its snapshots.
 */
@EventRevision(2)
public record InventoryItemState(
    String streamId,
    StockLevels levels,
    Reservations.State reservations,
    List<Receipts.Receipt> receipts) {
  /** Keeps its own copy of the receipts. */
  public InventoryItemState {
    receipts = List.copyOf(receipts);
  }
}
