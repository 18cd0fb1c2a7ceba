package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.inventory.StockLevels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stock of a product with its reservations and the keys of its latest receipts: the form of its
 * snapshots.
 *
 * @param receipts missing in snapshots of before there were keys: these still count, so that no
 *     stream is read from its beginning for them
 */
@EventRevision(1)
public record InventoryItemState(
    String streamId,
    StockLevels levels,
    Reservations.State reservations,
    List<Receipts.Receipt> receipts) {
  /** Keeps its own copy of the receipts; null stands for none. */
  public InventoryItemState(
      String streamId,
      StockLevels levels,
      Reservations.State reservations,
      @Nullable List<Receipts.Receipt> receipts) {
    this.streamId = streamId;
    this.levels = levels;
    this.reservations = reservations;
    this.receipts = receipts == null ? List.of() : List.copyOf(receipts);
  }
}
