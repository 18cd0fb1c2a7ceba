package dev.orderflow.commandside.catalog.rest;

import dev.orderflow.commandside.catalog.application.ProductImport;
import dev.orderflow.commandside.imports.ImportReport;
import dev.orderflow.platform.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProductImportController {
  private final ProductImport imports;

  ProductImportController(ProductImport imports) {
    this.imports = imports;
  }

  @PostMapping(path = "/products/import", consumes = "text/csv")
  @Operation(
      operationId = "importProducts",
      summary =
          "Makes the products of a file, or gives them its prices: RFC 4180, columns productId, name,"
              + " description, price, currency. The same file again changes nothing.")
  @Answers(status = 200, when = "What became of each line; one that fails fails alone.")
  ImportReport run(@RequestBody byte[] file) {
    return imports.run(file);
  }
}
