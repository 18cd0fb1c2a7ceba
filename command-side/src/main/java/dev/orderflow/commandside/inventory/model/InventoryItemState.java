package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.inventory.StockLevels;

/** The stock of a product with everybody who holds some of it: the form of its snapshots. */
@EventRevision(1)
public record InventoryItemState(
    String streamId, StockLevels levels, Reservations.State reservations) {}
