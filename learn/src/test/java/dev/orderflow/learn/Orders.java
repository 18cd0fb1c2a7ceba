package dev.orderflow.learn;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** Orders of lamps and the like, at 50,000 VND the piece. */
final class Orders {
  static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private static final BigDecimal PRICE = new BigDecimal(50_000);
  private static final PaymentMethod CARD = new PaymentMethod("pm_card_visa");
  private static final String FINGERPRINT = "0".repeat(64);

  private Orders() {}

  /** The first event of an order of one product. */
  static OrderPlacedEvent placed(String id, String product, int pieces) {
    var productId = new ProductId(product);
    var quantity = Quantity.of(pieces);
    return new OrderPlacedEvent(
        new OrderId(id),
        new UserId("alice"),
        List.of(new OrderItem(productId, quantity, PRICE)),
        PRICE.multiply(BigDecimal.valueOf(pieces)),
        Currency.getInstance("VND"),
        new IdempotencyKey("alice_20261127120000_" + id),
        CARD,
        new RequestFingerprint(FINGERPRINT),
        NOON);
  }
}
