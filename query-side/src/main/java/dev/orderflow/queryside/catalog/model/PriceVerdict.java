package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.Money;

/** What is known about a quoted price. */
public sealed interface PriceVerdict {
  /**
   * Nothing speaks against it.
   *
   * @param knownVersion less than the quoted one when we lag behind and cannot judge
   */
  record Ok(long knownVersion) implements PriceVerdict {}

  /** It is certainly not the current price; this one is newer. */
  record Changed(Money price, long priceVersion) implements PriceVerdict {}

  /** No such product is known; it may be too new to be. */
  record Unknown() implements PriceVerdict {}

  /** The product is off sale; it may have been put back since. */
  record Inactive() implements PriceVerdict {}
}
