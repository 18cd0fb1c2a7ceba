package dev.orderflow.api.rejection;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.ordering.OrderLine;
import java.math.BigDecimal;
import java.util.List;

/**
 * A command was understood and refused by a rule of the business. Nothing was applied. Checked, so
 * that a refusal rolls nothing back and evicts nothing.
 */
public abstract sealed class Rejection extends Exception {
  private Rejection(String message) {
    super(message, null, false, false);
  }

  /** There is no such product. */
  public static final class ProductNotFound extends Rejection {
    /** Names those that do not exist. */
    public ProductNotFound(List<ProductId> productIds) {
      super(
          "There is no such product"
              + (productIds.isEmpty() ? "." : ": " + join(productIds) + "."));
    }
  }

  /** A product with this id is there already. */
  public static final class ProductAlreadyExists extends Rejection {
    /** Names it. */
    public ProductAlreadyExists(ProductId productId) {
      super("There is a product " + productId + " already; choose another id or leave it out.");
    }
  }

  /** Products that are not on sale. */
  public static final class ProductInactive extends Rejection {
    /** Names those that are not on sale. */
    public ProductInactive(List<ProductId> productIds) {
      super("Not on sale at the moment: " + join(productIds) + ".");
    }
  }

  /** The items of an order have several currencies. */
  public static final class CurrencyMismatch extends Rejection {
    /** Says what must be the same. */
    public CurrencyMismatch() {
      super("All items of an order must have the same currency.");
    }
  }

  /** The price version has moved since the caller looked. */
  public static final class PriceVersionMoved extends Rejection {
    private final long currentVersion;

    /** Says where it is now. */
    public PriceVersionMoved(ProductId productId, long currentVersion) {
      super(
          "The price of %s is at version %d now; read it again and decide anew."
              .formatted(productId, currentVersion));
      this.currentVersion = currentVersion;
    }

    /** Where it is now. */
    public long currentVersion() {
      return currentVersion;
    }
  }

  /** Prices that the customer expected are not, or no longer, the products'. */
  public static final class PriceChanged extends Rejection {
    /**
     * One of them.
     *
     * @param expectedPrice what the customer was shown
     * @param currentPrice the product's price now
     */
    public record Change(
        ProductId productId,
        @MeaningOf(OrderLine.class) BigDecimal expectedPrice,
        @Meaning(value = "The price version that the customer was shown.", min = 1)
            long expectedVersion,
        @Meaning("The price now" + Money.IN_MAJOR_UNITS) BigDecimal currentPrice,
        @Meaning(value = "The price version now.", min = 1) long currentVersion) {}

    private final List<Change> changes;

    /** Names every changed price. */
    public PriceChanged(List<Change> changes) {
      super(
          "The price has changed of "
              + join(changes.stream().map(Change::productId).toList())
              + "; look at the current price and order again.");
      this.changes = List.copyOf(changes);
    }

    /** Every changed price. */
    public List<Change> changes() {
      return changes;
    }
  }

  /** There is less available than was asked for. */
  public static final class InsufficientStock extends Rejection {
    /** One product that is short; the quantities are pieces, summed over the order's lines. */
    public record Shortage(
        ProductId productId,
        @Meaning(value = "Pieces asked for, in all lines together.", min = 1) long requested,
        @MeaningOf(StockLevels.class) long available) {}

    private final List<Shortage> shortages;

    /** Names every product that is short. */
    public InsufficientStock(List<Shortage> shortages) {
      super(
          "Not enough in stock of "
              + join(shortages.stream().map(Shortage::productId).toList())
              + "; order less.");
      this.shortages = List.copyOf(shortages);
    }

    /** Every product that is short. */
    public List<Shortage> shortages() {
      return shortages;
    }
  }

  /** There is no reservation that could be committed or released. */
  public static final class ReservationNotFound extends Rejection {
    /** Names it. */
    public ReservationNotFound(ReservationId reservationId) {
      super(
          "There is no open reservation %s: it has ended, or there never was one; reserve anew."
              .formatted(reservationId));
    }
  }

  /** The reservation's id stands, or stood, for another reservation. */
  public static final class ReservationIdReused extends Rejection {
    /** Names it. */
    public ReservationIdReused(ReservationId reservationId) {
      super(
          "The reservation %s holds another quantity or has ended; use a new id."
              .formatted(reservationId));
    }
  }

  /** The key of a receipt stands for a receipt of another quantity. */
  public static final class ReceiptKeyReused extends Rejection {
    /** Says what it stands for. */
    public ReceiptKeyReused(Quantity received) {
      super(
          "The idempotency key has taken in %d pieces before; use a new one for another receipt."
              .formatted(received.value()));
    }
  }

  /** There is no such order, or it is another customer's. */
  public static final class OrderNotFound extends Rejection {
    /** Without the id: it must not tell that another customer's order exists. */
    public OrderNotFound() {
      super("There is no such order of yours.");
    }
  }

  /** The order can no longer be cancelled. */
  public static final class OrderNotCancellable extends Rejection {
    /** It is confirmed. */
    public OrderNotCancellable() {
      super("The order is confirmed and can no longer be cancelled.");
    }
  }

  /** An order whose payment has not succeeded cannot be confirmed. */
  public static final class OrderNotPaid extends Rejection {
    /** Without details. */
    public OrderNotPaid() {
      super("The payment of the order has not succeeded.");
    }
  }

  /** An order cannot be cancelled because of a payment that has not failed. */
  public static final class PaymentNotFailed extends Rejection {
    /** Without details. */
    public PaymentNotFailed() {
      super("The payment of the order has not failed.");
    }
  }

  /** Only what was paid for a cancelled order is given back. */
  public static final class OrderNotCancelled extends Rejection {
    /** Without details. */
    public OrderNotCancelled() {
      super("The order is not cancelled: its payment is kept.");
    }
  }

  /** The idempotency key has placed another order. */
  public static final class IdempotencyKeyReused extends Rejection {
    /** Says what to do. */
    public IdempotencyKeyReused() {
      super("This idempotency key has placed an order with other content; use a new key.");
    }
  }

  /** The customer would have more open orders, or more pieces in them, than one may have. */
  public static final class TooManyOpenOrders extends Rejection {
    /** Says how many, and what to do. */
    public TooManyOpenOrders(int mostOrders, long mostPieces) {
      super(
          "You may have %d orders with %d pieces in all that are neither confirmed nor cancelled; wait until one is, or cancel one."
              .formatted(mostOrders, mostPieces));
    }
  }

  /** There is no such payment. */
  public static final class PaymentNotFound extends Rejection {
    /** Without details. */
    public PaymentNotFound() {
      super("There is no such payment.");
    }
  }

  private static String join(List<ProductId> ids) {
    return String.join(", ", ids.stream().map(ProductId::value).distinct().toList());
  }
}
