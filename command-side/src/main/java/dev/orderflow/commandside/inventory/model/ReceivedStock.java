package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.inventory.StockLevels;

/**
 * Pieces that came in, now or before.
 *
 * @param levels the stock with them
 * @param revision the number of events of the stock that this includes, from 1
 * @param replayed whether the key had taken them in before
 */
public record ReceivedStock(StockLevels levels, long revision, boolean replayed) {}
