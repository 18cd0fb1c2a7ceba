package dev.orderflow.commandside.ordering.application;

import static java.util.Comparator.comparingLong;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import java.util.Currency;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The prices at which this instance has placed orders last. They may be older than the products'
 * prices, never newer: what they call stale is stale.
 */
@Component
class KnownPrices {
  private static final int MOST = 10_000;

  private final Cache<ProductId, Known> prices =
      CacheBuilder.newBuilder().maximumSize(MOST).build();

  private record Known(Money price, long version) {}

  /**
   * Remembers what the customer of an order expected: it was placed, so the prices were these.
   * Answers come on many threads; an earlier price does not take the place of a later one.
   */
  void remember(List<OrderLine> placed, Currency currency) {
    for (var line : placed) {
      var price = new Money(line.expectedPrice(), currency);
      prices
          .asMap()
          .merge(
              line.productId(),
              new Known(price, line.priceVersion()),
              BinaryOperator.maxBy(comparingLong(Known::version)));
    }
  }

  /** The lines of products that are known at a newer price. */
  Stream<Change> changes(List<OrderLine> lines) {
    return lines.stream()
        .<Change>mapMulti((line, changes) -> {
          var known = prices.getIfPresent(line.productId());
          if (known != null && known.version() > line.priceVersion()) {
            changes.accept(
                new Change(
                    line.productId(),
                    line.expectedPrice(),
                    line.priceVersion(),
                    known.price().amount(),
                    known.version()));
          }
        });
  }

  /** The lines of products that are not known. */
  List<OrderLine> unknown(List<OrderLine> lines) {
    return lines.stream().filter(line -> prices.getIfPresent(line.productId()) == null).toList();
  }
}
