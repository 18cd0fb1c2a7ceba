package dev.orderflow.broken.queryside.paging;

import dev.orderflow.broken.queryside.catalog.jdbc.ProductTable;

/** Technical code that knows a context. */
public class ProductPage {
  ProductTable table;
}
