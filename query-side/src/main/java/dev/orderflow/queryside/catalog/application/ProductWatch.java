package dev.orderflow.queryside.catalog.application;

import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.live.Changes;
import java.time.Duration;
import org.springframework.stereotype.Service;

/** Follows a product, for as long as somebody reads. */
@Service
public class ProductWatch {
  /** As long as what is held in memory lasts: finds what an announcement that was lost has said. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ProductReader products;
  private final Changes changes;

  ProductWatch(ProductReader products, Changes announcedProducts) {
    this.products = products;
    this.changes = announcedProducts;
  }

  /** Who is told. */
  public interface Reader {
    /** The product as it is now; its version is greater than in every call before. */
    void state(Product product) throws InterruptedException;

    /** Nothing has changed for a moment. */
    void nothingNew();
  }

  /**
   * Tells the reader the current state and then every newer one. Blocks the calling thread
   * meanwhile; a slow reader is told the newest state only. Returns only with an exception: what
   * the reader throws when it is gone, or what a read fails with.
   *
   * @param product as it was found
   * @throws UnavailableException when this instance stops
   */
  public void follow(Product product, Reader reader) throws InterruptedException {
    try (var watch = changes.watch(product.productId().value())) {
      reader.state(product);
      var told = product.version();
      while (true) {
        var current = products.find(product.productId()).join();
        if (current.isPresent() && current.get().version() > told) {
          reader.state(current.get());
          told = current.get().version();
        } else {
          reader.nothingNew();
        }
        watch.await(LOOK_AGAIN);
      }
    }
  }
}
