package dev.orderflow.api.catalog;

import dev.orderflow.api.EventRevision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * A product was put into the catalog, active.
 *
 * @param price in major units of the currency
 * @param priceVersion 1
 */
@EventRevision(1)
public record ProductCreatedEvent(
    ProductId productId,
    String name,
    String description,
    BigDecimal price,
    Currency currency,
    long priceVersion,
    Instant timestamp)
    implements ProductUpdatedEvent {}
