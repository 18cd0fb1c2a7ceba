package dev.orderflow.broken.queryside.catalog.jdbc;

import dev.orderflow.broken.queryside.ordering.jdbc.OrderTable;

/** Knows another context. */
public class ProductTable {
  OrderTable other;
}
