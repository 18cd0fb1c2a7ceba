package dev.orderflow.commandside.audit;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import org.jspecify.annotations.Nullable;

/** One product, its stock, and the orders of it, in the order of the whole history. */
final class ProductInspection implements Inspection {
  private final String productId;
  private final Findings findings;
  private @Nullable Money price;
  private boolean onSale;
  private Levels levels = new Levels(0, 0, 0);
  private long received;

  ProductInspection(String productId, Findings findings) {
    this.productId = productId;
    this.findings = findings;
  }

  /** As they are written, whatever that is. */
  private record Levels(long available, long reserved, long sold) {
    static Levels after(InventoryUpdatedEvent event) {
      return new Levels(event.available(), event.reserved(), event.sold());
    }

    Levels moved(InventoryUpdatedEvent event) {
      var pieces = event.quantity().value();
      return switch (event) {
        case StockReceivedEvent _ -> new Levels(available + pieces, reserved, sold);
        case StockReservedEvent _ -> new Levels(available - pieces, reserved + pieces, sold);
        case StockCommittedEvent _ -> new Levels(available, reserved - pieces, sold + pieces);
        case StockReleasedEvent _ -> givenBack(pieces);
        case ReservationExpiredEvent _ -> givenBack(pieces);
      };
    }

    private Levels givenBack(long pieces) {
      return new Levels(available + pieces, reserved - pieces, sold);
    }

    boolean isNegative() {
      return available < 0 || reserved < 0 || sold < 0;
    }

    long total() {
      return available + reserved + sold;
    }

    @Override
    public String toString() {
      return "available %d, reserved %d, sold %d".formatted(available, reserved, sold);
    }
  }

  @Override
  public void see(StoredEvent event) {
    switch (event.event()) {
      case ProductUpdatedEvent change -> changed(change);
      case InventoryUpdatedEvent movement -> moved(event, movement);
      case OrderPlacedEvent order -> ordered(event, order);
      default -> throw new IllegalArgumentException("not about a product: " + event);
    }
  }

  private void changed(ProductUpdatedEvent event) {
    switch (event) {
      case ProductCreatedEvent created -> {
        price = new Money(created.price(), created.currency());
        onSale = created.active();
      }
      case ProductPriceChangedEvent changed ->
          price = new Money(changed.price(), changed.currency());
      case ProductActivatedEvent _ -> onSale = true;
      case ProductDeactivatedEvent _ -> onSale = false;
    }
  }

  private void moved(StoredEvent event, InventoryUpdatedEvent movement) {
    var expected = levels.moved(movement);
    levels = Levels.after(movement);
    if (movement instanceof StockReceivedEvent) {
      received += movement.quantity().value();
    }
    if (!levels.equals(expected)) {
      findings.broken(
          HistoryRule.STOCK,
          event,
          "it says %s; from what was before follow %s".formatted(levels, expected));
    } else if (levels.isNegative()) {
      findings.broken(HistoryRule.STOCK, event, levels.toString());
    } else if (levels.total() != received) {
      findings.broken(
          HistoryRule.STOCK, event, "%s, but %d were received".formatted(levels, received));
    }
  }

  private void ordered(StoredEvent event, OrderPlacedEvent order) {
    for (var item : order.items()) {
      if (item.productId().value().equals(productId)) {
        var paid = new Money(item.price(), order.currency());
        if (!paid.equals(price)) {
          findings.broken(
              HistoryRule.PRICES,
              event,
              "%s was sold at %s; its price was %s then"
                  .formatted(productId, text(paid), price == null ? "unknown" : text(price)));
        } else if (!onSale) {
          findings.broken(HistoryRule.PRICES, event, productId + " was not on sale then");
        }
      }
    }
  }

  private static String text(Money money) {
    return money.amount() + " " + money.currency();
  }
}
