package dev.orderflow.commandside.ordering.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;

/**
 * What the shop can sell of a product at the moment of a decision.
 *
 * @param priceVersion of the price
 * @param active whether it is on sale
 * @param available pieces that are neither held nor sold
 */
public record Offer(
    ProductId productId, Money price, long priceVersion, boolean active, long available) {
  /** What the customer is told when a line expects another price. */
  public Change changeOf(OrderLine line) {
    return new Change(
        productId, line.expectedPrice(), line.priceVersion(), price.amount(), priceVersion);
  }
}
