package dev.orderflow.platform.consistency;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import java.util.regex.Pattern;

/**
 * Names the state of an aggregate that a write has left. Callers keep it as a text that means
 * nothing to them; it holds ids and counts, and nothing personal.
 */
public sealed interface ConsistencyToken {
  /** Without its version, which comes first, no text is read: another form needs another one. */
  Pattern FORM =
      Pattern.compile("v1\\.(product|stock|order)\\.([1-9]\\d{0,17})\\.([A-Za-z0-9._-]{1,64})");

  /** The aggregate's business id, which is also the key of its rows. */
  String key();

  /** How many events of the aggregate the state includes, from 1. */
  long revision();

  /** A product. */
  record OfProduct(ProductId productId, long revision) implements ConsistencyToken {
    @Override
    public String key() {
      return productId.value();
    }
  }

  /** The stock of a product. */
  record OfStock(ProductId productId, long revision) implements ConsistencyToken {
    @Override
    public String key() {
      return productId.value();
    }
  }

  /** An order. */
  record OfOrder(OrderId orderId, long revision) implements ConsistencyToken {
    @Override
    public String key() {
      return orderId.value();
    }
  }

  /** The form that callers keep: up to 94 printable ASCII characters without commas or spaces. */
  default String text() {
    var aggregate =
        switch (this) {
          case OfProduct _ -> "product";
          case OfStock _ -> "stock";
          case OfOrder _ -> "order";
        };
    return "v1.%s.%d.%s".formatted(aggregate, revision(), key());
  }

  /**
   * Reads the form that callers keep.
   *
   * @throws InvalidValueException when it is none of ours; names the header that it came in
   */
  static ConsistencyToken read(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw ConsistencyHeader.invalid();
    }
    var revision = Long.parseLong(parts.group(2));
    var key = parts.group(3);
    try {
      return switch (parts.group(1)) {
        case "product" -> new OfProduct(new ProductId(key), revision);
        case "stock" -> new OfStock(new ProductId(key), revision);
        default -> new OfOrder(new OrderId(key), revision);
      };
    } catch (InvalidValueException _) {
      throw ConsistencyHeader.invalid();
    }
  }
}
