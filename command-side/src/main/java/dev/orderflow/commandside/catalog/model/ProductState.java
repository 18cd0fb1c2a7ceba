package dev.orderflow.commandside.catalog.model;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;

/**
 * How a product stands; also the form of its snapshots.
 *
 * @param priceVersion counts its prices, from 1
 * @param active whether it can be ordered
 * @param revision counts its changes, its creation included, from 1
 */
@EventRevision(2)
public record ProductState(
    ProductId productId,
    String name,
    String description,
    Money price,
    long priceVersion,
    boolean active,
    long revision) {
  static ProductState of(ProductCreatedEvent event) {
    return new ProductState(
        event.productId(),
        event.name(),
        event.description(),
        new Money(event.price(), event.currency()),
        event.priceVersion(),
        event.active(),
        1);
  }

  ProductState withPrice(Money newPrice, long newVersion) {
    return new ProductState(
        productId, name, description, newPrice, newVersion, active, revision + 1);
  }

  ProductState withActive(boolean newActive) {
    return new ProductState(
        productId, name, description, price, priceVersion, newActive, revision + 1);
  }
}
