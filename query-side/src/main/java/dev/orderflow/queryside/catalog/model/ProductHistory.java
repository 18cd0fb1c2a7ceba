package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.queryside.projection.History;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a product and to its stock. The two come in any order relative to each other.
 */
public final class ProductHistory implements History<ProductState> {
  @Override
  public long lastSequence(@Nullable ProductState state, DomainEvent event) {
    if (state == null) {
      return NOTHING;
    }
    return switch (event) {
      case ProductUpdatedEvent _ -> state.productSequence();
      case InventoryUpdatedEvent _ -> state.stockSequence();
      default -> throw unexpected(event);
    };
  }

  @Override
  public ProductState after(@Nullable ProductState state, DomainEvent event, long sequence) {
    return switch (event) {
      case ProductUpdatedEvent change -> {
        var before = state == null ? ProductState.unknown(change.productId()) : state;
        yield new ProductState(
            before.productId(),
            listingAfter(before.listing(), change),
            sequence,
            before.stock(),
            before.stockSequence(),
            latest(before, change));
      }
      case InventoryUpdatedEvent movement -> {
        var before = state == null ? ProductState.unknown(movement.productId()) : state;
        yield new ProductState(
            before.productId(),
            before.listing(),
            before.productSequence(),
            movement.levels(),
            sequence,
            latest(before, movement));
      }
      default -> throw unexpected(event);
    };
  }

  private static Listing listingAfter(@Nullable Listing before, ProductUpdatedEvent event) {
    return switch (event) {
      case ProductCreatedEvent created ->
          new Listing(
              created.name(),
              created.description(),
              new Money(created.price(), created.currency()),
              created.priceVersion(),
              created.active());
      case ProductPriceChangedEvent changed ->
          listed(before, changed)
              .withPrice(new Money(changed.price(), changed.currency()), changed.priceVersion());
      case ProductActivatedEvent activated -> listed(before, activated).withActive(true);
      case ProductDeactivatedEvent deactivated -> listed(before, deactivated).withActive(false);
    };
  }

  private static Listing listed(@Nullable Listing before, ProductUpdatedEvent event) {
    if (before == null) {
      throw new IllegalStateException("the history of a product starts with " + event);
    }
    return before;
  }

  /** The same whichever topic was read first; as fine as PostgreSQL keeps it. */
  private static Instant latest(ProductState before, DomainEvent event) {
    var time = event.timestamp().truncatedTo(ChronoUnit.MICROS);
    return time.isAfter(before.updatedAt()) ? time : before.updatedAt();
  }

  private static IllegalArgumentException unexpected(DomainEvent event) {
    return new IllegalArgumentException("not about a product: " + event.getClass());
  }
}
