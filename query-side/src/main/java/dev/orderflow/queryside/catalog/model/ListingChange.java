package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events of a product change of its {@link Listing}; null is what they leave as it is. */
public record ListingChange(
    @Nullable String name,
    @Nullable String description,
    @Nullable Money price,
    @Nullable Long priceVersion,
    @Nullable Boolean active) {
  private static final ListingChange NONE = new ListingChange(null, null, null, null, null);

  /** Of events of one product, in their order. */
  public static ListingChange of(List<ProductUpdatedEvent> events) {
    var change = NONE;
    for (var event : events) {
      change = change.and(event);
    }
    return change;
  }

  private ListingChange and(ProductUpdatedEvent event) {
    return switch (event) {
      case ProductCreatedEvent created ->
          new ListingChange(
              created.name(),
              created.description(),
              new Money(created.price(), created.currency()),
              created.priceVersion(),
              created.active());
      case ProductPriceChangedEvent changed ->
          new ListingChange(
              name,
              description,
              new Money(changed.price(), changed.currency()),
              changed.priceVersion(),
              active);
      case ProductActivatedEvent _ -> withActive(true);
      case ProductDeactivatedEvent _ -> withActive(false);
    };
  }

  private ListingChange withActive(boolean nowActive) {
    return new ListingChange(name, description, price, priceVersion, nowActive);
  }
}
