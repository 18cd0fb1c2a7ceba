package dev.orderflow.commandside.inventory.model;

import dev.orderflow.api.inventory.StockLevels;

/**
 * Pieces that came in.
 *
 * @param levels the stock with them
 * @param revision the number of events of the stock that this includes, from 1
 */
public record ReceivedStock(StockLevels levels, long revision) {}
