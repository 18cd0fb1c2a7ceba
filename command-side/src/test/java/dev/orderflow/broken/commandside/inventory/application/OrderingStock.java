package dev.orderflow.broken.commandside.inventory.application;

import dev.orderflow.broken.commandside.ordering.jdbc.OrderTable;

/** Stock that knows orders. */
public record OrderingStock(OrderTable orders) {}
