package dev.orderflow.api.catalog;

import dev.orderflow.api.DomainEvent;

/** What happened to a product. */
public sealed interface ProductUpdatedEvent extends DomainEvent
    permits ProductCreatedEvent,
        ProductPriceChangedEvent,
        ProductActivatedEvent,
        ProductDeactivatedEvent {
  /** The product. */
  ProductId productId();
}
