package dev.orderflow.commandside.ordering.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;

/**
 * What the shop can sell of a product at the moment of a decision.
 *
 * @param priceVersion of the price
 * @param active whether it is on sale
 * @param available pieces that nobody holds
 */
public record Offer(
    ProductId productId, Money price, long priceVersion, boolean active, long available) {}
