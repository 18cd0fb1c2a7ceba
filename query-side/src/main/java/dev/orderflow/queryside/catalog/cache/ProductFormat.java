package dev.orderflow.queryside.catalog.cache;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.cache.ViewFormat;
import dev.orderflow.queryside.catalog.model.Listing;
import dev.orderflow.queryside.catalog.model.Product;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Products and announcements of their changes, as JSON. */
final class ProductFormat implements ViewFormat<Product> {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * A new name, whenever an older release could not read what is written, or we not what it wrote.
   */
  @Override
  public String name() {
    return "product-1";
  }

  @Override
  public byte[] write(Product product) {
    var listing = product.listing();
    return JSON.writeValueAsBytes(
        new Kept(
            product.productId().value(),
            listing.name(),
            listing.description(),
            listing.price().amount().toPlainString(),
            listing.price().currency().getCurrencyCode(),
            listing.priceVersion(),
            listing.active(),
            product.available(),
            product.version()));
  }

  @Override
  public Product read(byte[] bytes) {
    var kept = JSON.readValue(bytes, Kept.class);
    return new Product(
        new ProductId(kept.productId()),
        new Listing(
            kept.name(),
            kept.description(),
            new Money(new BigDecimal(kept.price()), Money.currency(kept.currency())),
            kept.priceVersion(),
            kept.active()),
        kept.available(),
        kept.version());
  }

  @Override
  public String channel() {
    return "product-invalidation";
  }

  @Override
  public String announce(Change change) {
    return JSON.writeValueAsString(new Announcement(change.key(), change.version()));
  }

  @Override
  public Change hear(String message) {
    try {
      var announcement = JSON.readValue(message, Announcement.class);
      return new Change(new ProductId(announcement.productId()).value(), announcement.version());
    } catch (JacksonException | InvalidValueException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Prices are text, so that their digits stay as they are. */
  private record Kept(
      String productId,
      String name,
      String description,
      String price,
      String currency,
      long priceVersion,
      boolean active,
      long available,
      long version) {}

  private record Announcement(String productId, long version) {}
}
