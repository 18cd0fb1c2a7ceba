package dev.orderflow.queryside.catalog.application;

import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.paging.Page;
import dev.orderflow.queryside.paging.PageRequest;

/** All products by id, those off sale included. */
public interface ProductList {
  /** One page. */
  Page<Product> page(PageRequest request);
}
