package dev.orderflow.queryside.catalog.rest;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.queryside.catalog.application.ProductQueries;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Products, readable without a token. A client that keeps one asks, with its {@code ETag}, whether
 * it still holds.
 */
@RestController
@RequestMapping("/products")
class ProductController {
  private final ProductQueries products;

  ProductController(ProductQueries products) {
    this.products = products;
  }

  @GetMapping
  @Operation(
      operationId = "listProducts",
      summary = "The products, page by page; with q, those with such a name.")
  @Answers(status = 200, when = "A page.")
  ResponseEntity<ProductPageJson> page(
      @Meaning(
              value =
                  "Selects the products in whose name each of these words begins a word; accents and"
                      + " capitals make no difference.",
              max = 100)
          @RequestParam(defaultValue = "")
          String q,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false)
          @Nullable String consistency) {
    var written = ConsistencyHeader.read(consistency);
    var search = new ProductSearch(q);
    var page = products.page(search, new PageRequest(pageSize, pageToken, search.text()), written);
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(ProductPageJson.of(page));
  }

  @GetMapping("/{productId}")
  @Operation(operationId = "getProduct", summary = "A product.")
  @Answers(status = 200, when = "The product.", headers = HttpHeaders.ETAG)
  @Answers(status = 304, when = "It is what the caller has.", headers = HttpHeaders.ETAG)
  @Fails(ErrorCode.PRODUCT_NOT_FOUND)
  ResponseEntity<ProductJson> product(
      @MeaningOf(ProductId.class) @PathVariable String productId,
      @RequestHeader(name = ConsistencyHeader.NAME, required = false)
          @Nullable String consistency) {
    var product =
        find(productId, ConsistencyHeader.read(consistency))
            .orElseThrow(() ->
                new NotFoundException(ErrorCode.PRODUCT_NOT_FOUND, "There is no such product."));
    return ResponseEntity.ok()
        // Begins with what a change of the price takes in If-Match.
        .eTag(product.listing().priceVersion() + "-" + product.version())
        .cacheControl(CacheControl.noCache())
        .body(ProductJson.of(product));
  }

  /** What cannot be the id of a product names none. */
  private Optional<Product> find(String productId, List<ConsistencyToken> written) {
    ProductId id;
    try {
      id = new ProductId(productId);
    } catch (InvalidValueException _) {
      return Optional.empty();
    }
    return products.find(id, written);
  }
}
