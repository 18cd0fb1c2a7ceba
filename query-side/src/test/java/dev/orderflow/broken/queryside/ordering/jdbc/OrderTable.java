package dev.orderflow.broken.queryside.ordering.jdbc;

import dev.orderflow.broken.queryside.ordering.grpc.OrderService;

/** A table that knows who shows it. */
public class OrderTable {
  OrderService service;
}
