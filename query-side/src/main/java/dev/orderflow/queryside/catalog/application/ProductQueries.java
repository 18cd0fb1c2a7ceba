package dev.orderflow.queryside.catalog.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.live.ReadYourWrites;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Reads of products, which need no token. A caller that has just written sees its own write, and
 * after an answer no caller of this instance gets an older one.
 */
@Service
public class ProductQueries {
  private final CachedView<Product> cache;
  private final ProductRows view;
  private final ReadYourWrites writes;

  ProductQueries(CachedView<Product> cache, ProductRows view, ReadYourWrites writes) {
    this.cache = cache;
    this.view = view;
    this.writes = writes;
  }

  /** One product; empty when it is not known. Asking never blocks. */
  public CompletableFuture<Optional<Product>> find(ProductId productId) {
    return cache.get(productId.value()).thenApply(Versioned::shown);
  }

  /** Those of the products that are known. Asking never blocks. */
  public CompletableFuture<Map<ProductId, Product>> findAll(Collection<ProductId> productIds) {
    return cache
        .getAll(productIds.stream().map(ProductId::value).toList())
        .thenApply(found ->
            found.values().stream()
                .flatMap(row -> row.shown().stream())
                .collect(Collectors.toMap(Product::productId, Function.identity())));
  }

  /**
   * One product; empty when it is not known. Blocks the calling thread.
   *
   * @param written by the caller, and to be seen; it may be empty
   * @throws UnavailableException when the view does not take it in in time
   * @throws OverloadedException when too many wait already
   */
  public Optional<Product> find(ProductId productId, List<ConsistencyToken> written) {
    if (written.isEmpty()) {
      return find(productId).join();
    }
    writes.await(written, this::hasTakenIn);
    var current = writes.look(() -> view.state(productId)).flatMap(ProductState::shown);
    current.ifPresent(this::isShown);
    return current;
  }

  /**
   * One page of the products that are searched for, by id, those off sale included. Blocks the
   * calling thread.
   *
   * @param written as above
   */
  public Page<Product> page(
      ProductSearch search, PageRequest request, List<ConsistencyToken> written) {
    writes.await(written, this::hasTakenIn);
    var page = view.page(search, request);
    page.items().forEach(this::isShown);
    return page;
  }

  /** What is read past the cache counts for its later answers. */
  private void isShown(Product product) {
    cache.seen(product.productId().value(), product.version());
  }

  private boolean hasTakenIn(ConsistencyToken write) {
    return switch (write) {
      case ConsistencyToken.OfProduct product ->
          has(product.productId(), state -> state.productRevision() >= product.revision());
      // Stock is received of products that are there; it is not seen before they are.
      case ConsistencyToken.OfStock stock ->
          has(
              stock.productId(),
              state -> state.stockRevision() >= stock.revision() && state.shown().isPresent());
      // No order is read here.
      case ConsistencyToken.OfOrder _ -> true;
    };
  }

  private boolean has(ProductId productId, Predicate<ProductState> what) {
    return view.state(productId).filter(what).isPresent();
  }
}
