package dev.orderflow.commandside.inventory.rest;

import dev.orderflow.commandside.imports.ImportReport;
import dev.orderflow.commandside.inventory.application.ReceiptImport;
import dev.orderflow.platform.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReceiptImportController {
  private final ReceiptImport imports;

  ReceiptImportController(ReceiptImport imports) {
    this.imports = imports;
  }

  @PostMapping(path = "/inventory/import", consumes = "text/csv")
  @Operation(
      operationId = "importReceipts",
      summary =
          "Takes in the pieces of a file, once within 24 hours: RFC 4180, columns productId, quantity,"
              + " reference. The reference is the idempotency key of its line; without one the line"
              + " counts once within 24 hours in this very file. At most 500 lines for one product.")
  @Answers(status = 200, when = "What became of each line; one that fails fails alone.")
  ImportReport run(@RequestBody byte[] file) {
    return imports.run(file);
  }
}
