package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.catalog.ProductId;

/**
 * A product as it is shown.
 *
 * @param available pieces that can be ordered; 0 when none were ever received
 * @param version the number of events this includes, of catalog and stock together: the greater one
 *     of two is the newer
 */
public record Product(ProductId productId, Listing listing, long available, long version) {}
