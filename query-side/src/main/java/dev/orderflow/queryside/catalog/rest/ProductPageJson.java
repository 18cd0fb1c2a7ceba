package dev.orderflow.queryside.catalog.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.queryside.catalog.model.Product;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of products as JSON.
 *
 * @param nextPageToken left out on the last page
 */
@Schema(name = "ProductPage")
record ProductPageJson(
    @Meaning("The products of this page.") List<ProductJson> products,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextPageToken) {
  static ProductPageJson of(Page<Product> page) {
    return new ProductPageJson(
        page.items().stream().map(ProductJson::of).toList(), page.nextToken());
  }
}
