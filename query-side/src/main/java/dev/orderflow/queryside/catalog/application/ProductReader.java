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

  /**
   * One product as the view has it at this moment, and no cache; empty when it is not known. A
   * cache in front of the view takes the answer in, so that it never answers with an older one
   * again.
   */
  Optional<Product> findCurrent(ProductId productId);

  /** Those of the products that are known. */
  Map<ProductId, Product> findAll(Collection<ProductId> productIds);
}
