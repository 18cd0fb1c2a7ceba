package dev.orderflow.e2e.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to place an order.
 *
 * @param version the idempotency key; its first part is the user
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderRequest(
    String version,
    List<Item> items,
    String paymentMethod,
    @Nullable Contact contact,
    @Nullable String locale) {
  /** Succeeds at once. */
  public static final String VISA = "pm_card_visa";

  /** Is declined at once. */
  public static final String DECLINED = "pm_card_chargeDeclined";

  /** Succeeds after a while. */
  public static final String SLOW = "pm_sim_slow";

  /** Is charged, but the first answer never arrives. */
  public static final String LOST_ANSWER = "pm_sim_lostAnswer";

  /** Never succeeds and never fails. */
  public static final String NO_ANSWER = "pm_sim_noAnswer";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  public record Item(String productId, int quantity, BigDecimal expectedPrice, long priceVersion) {}

  public record Contact(String name, String email, String address) {}

  /** A new order of one product at its current price. */
  public static OrderRequest of(String user, Product product, int quantity, String paymentMethod) {
    var item = new Item(product.productId(), quantity, product.price(), product.priceVersion());
    return new OrderRequest(newKey(user), List.of(item), paymentMethod, null, null);
  }

  /** An idempotency key that was not used yet. */
  public static String newKey(String user) {
    return "%s_%s_%s"
        .formatted(user, TIME.format(LocalDateTime.now(ZoneOffset.UTC)), UUID.randomUUID());
  }

  /** The same, with contact data. */
  public OrderRequest to(Contact contact, String locale) {
    return new OrderRequest(version, items, paymentMethod, contact, locale);
  }

  /** The same at the price that a refusal with {@code PRICE_CHANGED} tells of its only product. */
  public OrderRequest atChangedPrice(Answer refusal) {
    var change = refusal.body().path("changes").get(0);
    var price = change.path("currentPrice").decimalValue();
    var priceVersion = change.path("currentVersion").asLong();
    var others =
        items.stream()
            .map(item -> new Item(item.productId(), item.quantity(), price, priceVersion))
            .toList();
    return new OrderRequest(version, others, paymentMethod, contact, locale);
  }

  String user() {
    return version.substring(0, version.indexOf('_'));
  }
}
