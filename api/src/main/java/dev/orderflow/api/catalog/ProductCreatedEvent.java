package dev.orderflow.api.catalog;

import dev.orderflow.api.EventRevision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * A product was put into the catalog.
 *
 * @param price in major units of the currency
 * @param priceVersion 1
 * @param active whether it can be ordered; revision 1 left it out, and meant true
 */
@EventRevision(2)
public record ProductCreatedEvent(
    ProductId productId,
    String name,
    String description,
    BigDecimal price,
    Currency currency,
    long priceVersion,
    boolean active,
    Instant timestamp)
    implements ProductUpdatedEvent {}
