package dev.orderflow.queryside.catalog.application;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.queryside.catalog.model.ProductState;
import java.util.Optional;

/** What the view has taken in of products, those included that are not shown yet. */
public interface ProductStates {
  /** As the view is at this moment; empty before the first event of the product or its stock. */
  Optional<ProductState> state(ProductId productId);
}
