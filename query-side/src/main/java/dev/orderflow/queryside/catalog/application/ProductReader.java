package dev.orderflow.queryside.catalog.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.catalog.model.Product;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Reads products by id. The answer may be a moment old. */
public interface ProductReader {
  /** One product; empty when it is not known. */
  Optional<Product> find(ProductId productId);

  /** Those of the products that are known. */
  Map<ProductId, Product> findAll(Collection<ProductId> productIds);
}
