package dev.orderflow.commandside.inventory.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.imports.ImportReport;
import dev.orderflow.commandside.inventory.application.ReceiptImport;
import dev.orderflow.commandside.inventory.application.StockService;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.idempotency.IdempotencyHeaders;
import dev.orderflow.platform.openapi.Answers;
import dev.orderflow.platform.openapi.Fails;
import dev.orderflow.platform.openapi.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/inventory")
class InventoryController {
  private final StockService stock;
  private final ReceiptImport imports;

  InventoryController(StockService stock, ReceiptImport imports) {
    this.stock = stock;
    this.imports = imports;
  }

  @Schema(name = "Receipt")
  record ReceiptJson(@MeaningOf(Quantity.class) @JsonProperty @Nullable Long quantity) {}

  @Schema(name = "Stock")
  @MeaningOf(StockLevels.class)
  record StockJson(
      @MeaningOf(ProductId.class) String productId, long available, long reserved, long sold) {
    static StockJson of(String productId, StockLevels levels) {
      return new StockJson(productId, levels.available(), levels.reserved(), levels.sold());
    }
  }

  @PostMapping("/{productId}/receipts")
  @Operation(
      operationId = "receiveStock",
      summary = "Takes in pieces of a product; once for each idempotency key, if it has one.")
  @Requires("quantity")
  @Answers(
      status = 200,
      when = "They are in stock, since now or before.",
      headers = ConsistencyHeader.NAME,
      headersAtTimes = IdempotencyHeaders.REPLAYED)
  @Fails({
    ErrorCode.PRODUCT_NOT_FOUND,
    ErrorCode.INVALID_IDEMPOTENCY_KEY,
    ErrorCode.IDEMPOTENCY_KEY_REUSED
  })
  ResponseEntity<StockJson> receive(
      @MeaningOf(ProductId.class) @PathVariable String productId,
      @RequestBody ReceiptJson receipt,
      @Meaning(
              value = IdempotencyHeaders.MEANING + " It counts for 24 hours.",
              form = IdempotencyHeaders.FORM)
          @RequestHeader(name = IdempotencyHeaders.KEY, required = false)
          @Nullable String key)
      throws Rejection {
    var received = stock.receive(productId, receipt.quantity(), IdempotencyHeaders.unquoted(key));
    var token = new ConsistencyToken.OfStock(new ProductId(productId), received.revision());
    var response = ResponseEntity.ok().header(ConsistencyHeader.NAME, token.text());
    if (received.replayed()) {
      response.header(IdempotencyHeaders.REPLAYED, "true");
    }
    return response.body(StockJson.of(productId, received.levels()));
  }

  @PostMapping(path = "/import", consumes = "text/csv")
  @Operation(
      operationId = "importReceipts",
      summary =
          "Takes in the pieces of a file, once within 24 hours: RFC 4180, columns productId, quantity,"
              + " reference. The reference is the idempotency key of its line; without one the line"
              + " counts once within 24 hours in this very file. At most 500 lines for one product.")
  @Answers(status = 200, when = "What became of each line; one that fails fails alone.")
  ImportReport importFile(@RequestBody byte[] file) {
    return imports.run(file);
  }

  @GetMapping("/{productId}")
  @Operation(operationId = "getStock", summary = "The stock of a product, as of now.")
  @Answers(status = 200, when = "The stock.")
  @Fails(ErrorCode.PRODUCT_NOT_FOUND)
  StockJson levels(@MeaningOf(ProductId.class) @PathVariable String productId) throws Rejection {
    return StockJson.of(productId, stock.levels(productId));
  }
}
