package dev.orderflow.commandside.ordering.application;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import dev.orderflow.commandside.ordering.model.Offer;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The prices at which this instance has placed orders last. They may be older than the products'
 * prices, never newer: what they call stale is stale.
 */
@Component
class KnownPrices {
  private static final int MOST = 10_000;

  private final Cache<ProductId, Offer> offers =
      CacheBuilder.newBuilder().maximumSize(MOST).build();

  /** Remembers an offer whose order is committed. */
  void remember(Offer offer) {
    offers.put(offer.productId(), offer);
  }

  /** The lines of products that are known at a newer price. */
  Stream<Change> changes(List<OrderLine> lines) {
    return lines.stream()
        .<Change>mapMulti((line, changes) -> {
          var offer = offers.getIfPresent(line.productId());
          if (offer != null && offer.priceVersion() > line.priceVersion()) {
            changes.accept(offer.changeOf(line));
          }
        });
  }

  /** The lines of products that are not known. */
  List<OrderLine> unknown(List<OrderLine> lines) {
    return lines.stream().filter(line -> offers.getIfPresent(line.productId()) == null).toList();
  }
}
