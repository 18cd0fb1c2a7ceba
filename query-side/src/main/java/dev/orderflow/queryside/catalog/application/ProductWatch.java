package dev.orderflow.queryside.catalog.application;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Account;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.live.Changes;
import dev.orderflow.queryside.live.WatchSubscription;
import dev.orderflow.queryside.live.WatchSubscriptions;
import dev.orderflow.queryside.live.Watchable;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Follows products, for as long as the client reads. */
@Service
public class ProductWatch {
  /** As long as what is held in memory lasts: finds what an announcement that was lost has said. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ProductQueries products;
  private final Changes changes;
  private final WatchSubscriptions streams;

  ProductWatch(ProductQueries products, Changes announcedProducts, WatchSubscriptions streams) {
    this.products = products;
    this.changes = announcedProducts;
    this.streams = streams;
  }

  /**
   * A stream of the product's states.
   *
   * @param caller empty when it is the platform itself
   * @param product as it was found
   * @throws OverloadedException when too many streams are open
   */
  public WatchSubscription<Product> open(Optional<Account> caller, Product product) {
    var followed =
        new Watchable<>(
            product.productId().value(),
            () -> products.find(product.productId()).join(),
            Product::version,
            _ -> false,
            LOOK_AGAIN);
    return streams.open(caller, changes, followed, product, 0);
  }
}
