package dev.orderflow.queryside.catalog.cache;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.cache.ViewFormat;
import dev.orderflow.queryside.catalog.model.Product;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Products and announcements of their changes, as JSON. */
final class ProductFormat implements ViewFormat<Product> {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

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
    return JSON.readValue(text, Product.class);
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
