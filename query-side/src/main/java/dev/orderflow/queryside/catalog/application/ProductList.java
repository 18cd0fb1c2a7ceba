package dev.orderflow.queryside.catalog.application;

import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;

/** Lists products by id, those off sale included. */
public interface ProductList {
  /** One page of those that are searched for. */
  Page<Product> page(ProductSearch search, PageRequest request);
}
