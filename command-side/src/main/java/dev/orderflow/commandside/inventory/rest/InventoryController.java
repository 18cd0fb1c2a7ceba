package dev.orderflow.commandside.inventory.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.commandside.inventory.application.StockService;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/inventory")
class InventoryController {
  private final StockService stock;

  InventoryController(StockService stock) {
    this.stock = stock;
  }

  record ReceiptJson(@JsonProperty @Nullable Long quantity) {}

  record StockJson(String productId, long available, long reserved, long sold) {
    static StockJson of(String productId, StockLevels levels) {
      return new StockJson(productId, levels.available(), levels.reserved(), levels.sold());
    }
  }

  @PostMapping("/{productId}/receipts")
  StockJson receive(@PathVariable String productId, @RequestBody ReceiptJson receipt)
      throws Rejection {
    return StockJson.of(productId, stock.receive(productId, receipt.quantity()));
  }

  @GetMapping("/{productId}")
  StockJson levels(@PathVariable String productId) throws Rejection {
    return StockJson.of(productId, stock.levels(productId));
  }
}
