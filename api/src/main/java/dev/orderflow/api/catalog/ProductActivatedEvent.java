package dev.orderflow.api.catalog;

import dev.orderflow.api.EventRevision;
import java.time.Instant;

/**
 * A product can be ordered again.
 *
 * @param productId the product
 */
@EventRevision(1)
public record ProductActivatedEvent(ProductId productId, Instant timestamp)
    implements ProductUpdatedEvent {}
