package dev.orderflow.queryside.catalog.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.catalog.model.Product;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads products by id. The answer may be a moment old, and never older than one before it. It is
 * there at once when it is in memory; asking for it never blocks.
 */
public interface ProductReader {
  /** One product; empty when it is not known. */
  CompletableFuture<Optional<Product>> find(ProductId productId);

  /** Those of the products that are known. */
  CompletableFuture<Map<ProductId, Product>> findAll(Collection<ProductId> productIds);

  /**
   * A caller was shown this state of the product, read elsewhere: from now on no answer is older.
   */
  void shown(Product product);
}
