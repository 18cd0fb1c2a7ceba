package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that was made, or was there already.
 *
 * @param expiresAt when the pieces become available again by themselves; null for an order's
 * @param levels the stock with it
 */
public record ReservedStock(
    ReservationId reservationId, @Nullable Instant expiresAt, StockLevels levels) {}
