package dev.orderflow.queryside.catalog.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.paging.Page;
import dev.orderflow.queryside.paging.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/**
 * What everybody may see of products. Whoever has seen one in a list does not see it older alone.
 */
@Service
public class ProductQueries {
  private final ProductReader reader;
  private final ProductList list;

  ProductQueries(ProductReader reader, ProductList list) {
    this.reader = reader;
    this.list = list;
  }

  /** One product; empty when it is not known. Asking never blocks. */
  public CompletableFuture<Optional<Product>> find(ProductId productId) {
    return reader.find(productId);
  }

  /** Those of the products that are known. Asking never blocks. */
  public CompletableFuture<Map<ProductId, Product>> findAll(Collection<ProductId> productIds) {
    return reader.findAll(productIds);
  }

  /** One page. */
  public Page<Product> page(PageRequest request) {
    var page = list.page(request);
    page.items().forEach(reader::shown);
    return page;
  }
}
