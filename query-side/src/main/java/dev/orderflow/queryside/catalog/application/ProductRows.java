package dev.orderflow.queryside.catalog.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import dev.orderflow.queryside.catalog.model.ProductState;
import java.util.List;
import java.util.Optional;

/** Products as the view has them at this moment. */
public interface ProductRows {
  /** One page of those that are searched for, by id, those off sale included. */
  Page<Product> page(ProductSearch search, PageRequest request);

  /**
   * What the view has taken in of a product, also of one that is not shown yet; empty before the
   * first event of the product or its stock.
   */
  Optional<ProductState> state(ProductId productId);

  /** Compares quoted prices: one verdict per quote, in their order. */
  List<PriceVerdict> judge(List<PriceQuote> quotes);
}
