package dev.orderflow.queryside.catalog.cache;

import static java.util.Objects.requireNonNull;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.cache.ViewFormat;
import dev.orderflow.queryside.catalog.model.Product;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Products and announcements of their changes, as JSON. */
final class ProductFormat implements ViewFormat<Product> {
  /** What a product lacks is not made up, and what a later release adds is passed over. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /**
   * A new name, whenever an older release could not read what is written, or we not what it wrote:
   * so also when a component of {@link Product} gets another name.
   */
  @Override
  public String name() {
    return "product-2";
  }

  @Override
  public String write(Product product) {
    return JSON.writeValueAsString(product);
  }

  @Override
  public Product read(String text) {
    return requireNonNull(JSON.readValue(text, Product.class));
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

  private record Announcement(String productId, long version) {}
}
