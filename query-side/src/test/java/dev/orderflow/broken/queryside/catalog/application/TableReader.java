package dev.orderflow.broken.queryside.catalog.application;

import dev.orderflow.broken.queryside.catalog.jdbc.ProductTable;

/** An application layer that knows an adapter. */
public class TableReader {
  ProductTable table;
}
