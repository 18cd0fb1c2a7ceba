package dev.orderflow.commandside.catalog.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.catalog.application.CatalogService;
import dev.orderflow.commandside.catalog.application.CreateProductRequest;
import dev.orderflow.commandside.catalog.application.ProductImport;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.imports.ImportReport;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.http.EntityTags;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.openapi.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
class CatalogController {
  private final CatalogService catalog;
  private final ProductImport imports;

  CatalogController(CatalogService catalog, ProductImport imports) {
    this.catalog = catalog;
    this.imports = imports;
  }

  @Schema(name = "CatalogProduct")
  @MeaningOf(ProductCreatedEvent.class)
  record ProductJson(
      String productId,
      String name,
      String description,
      BigDecimal price,
      String currency,
      long priceVersion,
      boolean active) {
    static ProductJson of(ProductState state) {
      return new ProductJson(
          state.productId().value(),
          state.name(),
          state.description(),
          state.price().amount(),
          state.price().currency().getCurrencyCode(),
          state.priceVersion(),
          state.active());
    }
  }

  @Schema(name = "PriceChange")
  record PriceJson(
      @MeaningOf(ProductCreatedEvent.class) @JsonProperty @Nullable BigDecimal price) {}

  @PostMapping
  @Operation(operationId = "createProduct", summary = "Puts a product on sale.")
  @Requires({"name", "price", "currency"})
  @Answers(
      status = 201,
      when = "It is on sale.",
      headers = {HttpHeaders.LOCATION, HttpHeaders.ETAG, ConsistencyHeader.NAME})
  @Fails(ErrorCode.PRODUCT_ALREADY_EXISTS)
  ResponseEntity<ProductJson> create(@RequestBody CreateProductRequest request) throws Rejection {
    var product = catalog.create(request);
    return tagged(
        ResponseEntity.created(URI.create("/products/" + product.productId().value())), product);
  }

  @PutMapping("/{productId}/price")
  @Operation(operationId = "changePrice", summary = "Changes the price of a product.")
  @Requires("price")
  @Answers(
      status = 200,
      when = "It has this price.",
      headers = {HttpHeaders.ETAG, ConsistencyHeader.NAME})
  @Fails({ErrorCode.PRODUCT_NOT_FOUND, ErrorCode.PRECONDITION_FAILED})
  ResponseEntity<ProductJson> changePrice(
      @MeaningOf(ProductId.class) @PathVariable String productId,
      @RequestBody PriceJson body,
      @Meaning(
              value =
                  "The priceVersion that must still hold, as in \"3\", or the product's ETag, which"
                      + " begins with it; several with commas between them, or * for any.",
              form = EntityTags.PUBLISHED_FORM)
          @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
          @Nullable String ifMatch,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
          @Nullable String ifNoneMatch)
      throws Rejection {
    return tagged(
        ResponseEntity.ok(),
        changePrice(productId, body.price(), PricePreconditions.of(ifMatch, ifNoneMatch)));
  }

  @PostMapping("/{productId}/activate")
  @Operation(operationId = "activateProduct", summary = "Puts a product back on sale.")
  @Answers(
      status = 200,
      when = "It is on sale.",
      headers = {HttpHeaders.ETAG, ConsistencyHeader.NAME})
  @Fails(ErrorCode.PRODUCT_NOT_FOUND)
  ResponseEntity<ProductJson> activate(@MeaningOf(ProductId.class) @PathVariable String productId)
      throws Rejection {
    return tagged(ResponseEntity.ok(), catalog.activate(productId));
  }

  @PostMapping("/{productId}/deactivate")
  @Operation(operationId = "deactivateProduct", summary = "Takes a product off sale.")
  @Answers(
      status = 200,
      when = "It is off sale.",
      headers = {HttpHeaders.ETAG, ConsistencyHeader.NAME})
  @Fails(ErrorCode.PRODUCT_NOT_FOUND)
  ResponseEntity<ProductJson> deactivate(@MeaningOf(ProductId.class) @PathVariable String productId)
      throws Rejection {
    return tagged(ResponseEntity.ok(), catalog.deactivate(productId));
  }

  @PostMapping(path = "/import", consumes = "text/csv")
  @Operation(
      operationId = "importProducts",
      summary =
          "Makes the products of a file, or gives them its prices: RFC 4180, columns productId, name,"
              + " description, price, currency. The same file again changes nothing.")
  @Answers(status = 200, when = "What became of each line; one that fails fails alone.")
  ImportReport importFile(@RequestBody byte[] file) {
    return imports.run(file);
  }

  private static ResponseEntity<ProductJson> tagged(
      ResponseEntity.BodyBuilder response, ProductState product) {
    return response
        .eTag(Long.toString(product.priceVersion()))
        .header(
            ConsistencyHeader.NAME,
            new ConsistencyToken.OfProduct(product.productId(), product.revision()).text())
        .body(ProductJson.of(product));
  }

  /** The current version comes to light when another one is asked for. */
  private ProductState changePrice(
      String productId, @Nullable BigDecimal price, PricePreconditions preconditions)
      throws Rejection {
    if (preconditions.areEmpty()) {
      return catalog.changePrice(productId, price, null);
    }
    var version = PricePreconditions.NONE;
    while (true) {
      try {
        return catalog.changePrice(productId, price, version);
      } catch (Rejection.PriceVersionMoved moved) {
        version = moved.currentVersion();
        if (!preconditions.hold(version)) {
          throw moved;
        }
      }
    }
  }
}
