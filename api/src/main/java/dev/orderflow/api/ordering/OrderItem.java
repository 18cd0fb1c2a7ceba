package dev.orderflow.api.ordering;

import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import java.math.BigDecimal;

/**
 * One line of an order as it was sold.
 *
 * @param price of one piece, in major units of the order's currency
 */
public record OrderItem(
    ProductId productId,
    Quantity quantity,
    @MeaningOf(ProductCreatedEvent.class) BigDecimal price) {}
