package dev.orderflow.queryside.catalog.application;

import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import java.util.List;

/** Compares quoted prices with the newest that the read side has. */
public interface QuotedPrices {
  /** One verdict per quote, in their order. */
  List<PriceVerdict> judge(List<PriceQuote> quotes);
}
