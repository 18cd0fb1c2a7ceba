package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.Money;

/**
 * What the catalog says about a product.
 *
 * @param description empty when there is none
 * @param price of one piece
 * @param priceVersion counts the product's prices, from 1
 * @param active whether it can be ordered
 */
public record Listing(
    String name, String description, Money price, long priceVersion, boolean active) {}
