package dev.orderflow.e2e.shop;

import java.math.BigDecimal;

/** A product as REST shows it. */
public record Product(
    String productId,
    String name,
    String description,
    BigDecimal price,
    String currency,
    long priceVersion,
    boolean active,
    long available) {}
