package dev.orderflow.queryside.catalog.cache;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.catalog.application.ProductReader;
import dev.orderflow.queryside.catalog.model.Product;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Reads products through the cache. */
@Component
class CachedProducts implements ProductReader {
  private final CachedView<Product> cache;

  CachedProducts(CachedView<Product> cache) {
    this.cache = cache;
  }

  @Override
  public CompletableFuture<Optional<Product>> find(ProductId productId) {
    return cache.get(productId.value()).thenApply(Versioned::shown);
  }

  @Override
  public CompletableFuture<Map<ProductId, Product>> findAll(Collection<ProductId> productIds) {
    return cache
        .getAll(productIds.stream().map(ProductId::value).toList())
        .thenApply(found -> {
          var products = new HashMap<ProductId, Product>();
          found.values().stream()
              .flatMap(row -> row.shown().stream())
              .forEach(product -> products.put(product.productId(), product));
          return products;
        });
  }

  @Override
  public void shown(Product product) {
    cache.seen(product.productId().value(), product.version());
  }
}
