package dev.orderflow.e2e.shop;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as REST shows it. */
public record Order(
    String orderId,
    String userId,
    String status,
    List<Item> items,
    BigDecimal totalAmount,
    String currency,
    String version,
    String createdAt,
    @Nullable String cancelReason) {
  public record Item(String productId, int quantity, BigDecimal price) {}

  public boolean isFinal() {
    return !status.equals("PENDING");
  }
}
