package dev.orderflow.api.catalog;

import dev.orderflow.api.EventRevision;
import java.time.Instant;

/**
 * A product was taken off sale.
 *
 * @param productId the product
 */
@EventRevision(1)
public record ProductDeactivatedEvent(ProductId productId, Instant timestamp)
    implements ProductUpdatedEvent {}
