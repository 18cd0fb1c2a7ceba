package dev.orderflow.api.catalog;

import dev.orderflow.api.EventRevision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * A product has a new price.
 *
 * @param price the new one, in major units of the currency
 * @param priceVersion counts the product's prices, from 1
 */
@EventRevision(1)
public record ProductPriceChangedEvent(
    ProductId productId, BigDecimal price, Currency currency, long priceVersion, Instant timestamp)
    implements ProductUpdatedEvent {}
