package dev.orderflow.broken.commandside.commands;

import dev.orderflow.broken.commandside.eventstore.StockStore;

/** A lane that knows the store that knows it. */
public record CircularLane(StockStore store) {}
