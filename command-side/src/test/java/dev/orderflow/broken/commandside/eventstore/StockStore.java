package dev.orderflow.broken.commandside.eventstore;

import dev.orderflow.broken.commandside.commands.CircularLane;
import dev.orderflow.broken.commandside.inventory.application.OrderingStock;

/** A store that knows a context, and the lane that knows it. */
public record StockStore(OrderingStock stock, CircularLane lane) {}
