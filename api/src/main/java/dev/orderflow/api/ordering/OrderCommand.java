package dev.orderflow.api.ordering;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of an order. */
public sealed interface OrderCommand {
  /** The order it is asked of. */
  OrderId orderId();

  /**
   * Places the order: holds the stock of every line and creates the order as PENDING, or does
   * nothing at all.
   *
   * @param key the order's id follows from it and the user
   * @param lines 1 to {@value #MAX_LINES}; the same product may stand in several
   * @param paymentMethod null leaves the choice to the provider
   * @param contact null when the customer gave none
   */
  record PlaceOrder(
      UserId userId,
      IdempotencyKey key,
      List<OrderLine> lines,
      @Nullable PaymentMethod paymentMethod,
      @Nullable Contact contact)
      implements OrderCommand {
    /** Most lines of one order. */
    public static final int MAX_LINES = 100;

    /**
     * @throws InvalidValueException when there are no lines or too many, or the key is another
     *     user's
     */
    public PlaceOrder {
      lines = List.copyOf(lines);
      if (lines.isEmpty() || lines.size() > MAX_LINES) {
        throw new InvalidValueException("items", "must have 1 to " + MAX_LINES + " lines");
      }
      var pieces = new HashMap<ProductId, Long>();
      for (var line : lines) {
        if (pieces.merge(line.productId(), (long) line.quantity().value(), Long::sum)
            > Quantity.MAX) {
          throw new InvalidValueException(
              "items", "must ask for at most " + Quantity.MAX + " pieces of one product");
        }
      }
      if (!key.userId().equals(userId)) {
        throw new InvalidValueException("version", "must start with the user id of the caller");
      }
    }

    @Override
    public OrderId orderId() {
      return OrderId.of(userId, key);
    }

    /** What makes two requests with one key the same request: everything but the contact data. */
    public RequestFingerprint fingerprint() {
      return RequestFingerprint.of(lines, paymentMethod);
    }
  }

  /** The payment succeeded. Confirming what was cancelled meanwhile is an outcome, not an error. */
  record ConfirmOrder(OrderId orderId) implements OrderCommand {}

  /**
   * Undoes a pending order.
   *
   * @param reason why; only the customer's own request is rejected when it comes too late
   */
  record CancelOrder(OrderId orderId, CancelReason reason) implements OrderCommand {}
}
