package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.catalog.ProductId;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The price at which a client means to buy.
 *
 * @param price of one piece, in major units of the product's currency
 * @param priceVersion the version that came with this price, from 1
 */
public record PriceQuote(ProductId productId, BigDecimal price, long priceVersion) {
  /**
   * Compares the quote with what is known. Since that may lag behind what decides orders, a quote
   * is called changed only on certain knowledge.
   *
   * @param known null when no such product is known
   */
  public PriceVerdict judge(@Nullable Product known) {
    if (known == null) {
      return new PriceVerdict.Unknown();
    }
    var listing = known.listing();
    if (listing.priceVersion() > priceVersion
        || (listing.priceVersion() == priceVersion
            && listing.price().amount().compareTo(price) != 0)) {
      return new PriceVerdict.Changed(listing.price(), listing.priceVersion());
    }
    return listing.active()
        ? new PriceVerdict.Ok(listing.priceVersion())
        : new PriceVerdict.Inactive();
  }
}
