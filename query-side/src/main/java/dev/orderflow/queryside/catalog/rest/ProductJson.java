package dev.orderflow.queryside.catalog.rest;

import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.queryside.catalog.model.Product;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/** A product as JSON. */
@Schema(name = "Product")
@MeaningOf(ProductCreatedEvent.class)
record ProductJson(
    String productId,
    String name,
    String description,
    BigDecimal price,
    String currency,
    long priceVersion,
    boolean active,
    @MeaningOf(StockLevels.class) long available) {
  static ProductJson of(Product product) {
    var listing = product.listing();
    return new ProductJson(
        product.productId().value(),
        listing.name(),
        listing.description(),
        listing.price().amount(),
        listing.price().currency().getCurrencyCode(),
        listing.priceVersion(),
        listing.active(),
        product.available());
  }
}
