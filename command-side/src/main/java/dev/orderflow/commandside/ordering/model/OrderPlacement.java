package dev.orderflow.commandside.ordering.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.rejection.Rejection.InsufficientStock.Shortage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The decision whether an order can be placed: at the prices that the customer expects, from stock
 * that is there, all of it or nothing.
 *
 * @param reservations what must be held of each product, in the order of their ids
 * @param event the order as it was placed
 */
public record OrderPlacement(SortedMap<ProductId, Quantity> reservations, OrderPlacedEvent event) {
  /** What an order asks for of each product, its lines summed, in the order of the ids. */
  public static SortedMap<ProductId, Quantity> quantitiesOf(PlaceOrder command) {
    var sums = new TreeMap<ProductId, Quantity>();
    for (var line : command.lines()) {
      sums.merge(
          line.productId(),
          line.quantity(),
          (sum, more) -> new Quantity(sum.value() + more.value()));
    }
    return sums;
  }

  /**
   * Decides.
   *
   * @param offers by product; a product without one does not exist
   * @throws Rejection for the first of: unknown products, products off sale, changed prices, mixed
   *     currencies, short stock; it names every product that it holds for
   */
  public static OrderPlacement decide(PlaceOrder command, Map<ProductId, Offer> offers, Instant now)
      throws Rejection {
    var quantities = quantitiesOf(command);
    requireKnown(quantities, offers);
    requireActive(quantities, offers);
    requirePrices(command.lines(), offers);
    requireOneCurrency(quantities, offers);
    requireStock(quantities, offers);
    return new OrderPlacement(quantities, placed(command, offers, now));
  }

  private static void requireKnown(
      SortedMap<ProductId, Quantity> quantities, Map<ProductId, Offer> offers) throws Rejection {
    var unknown = quantities.keySet().stream().filter(id -> !offers.containsKey(id)).toList();
    if (!unknown.isEmpty()) {
      throw new Rejection.ProductNotFound(unknown);
    }
  }

  private static void requireActive(
      SortedMap<ProductId, Quantity> quantities, Map<ProductId, Offer> offers) throws Rejection {
    var inactive = quantities.keySet().stream().filter(id -> !offer(offers, id).active()).toList();
    if (!inactive.isEmpty()) {
      throw new Rejection.ProductInactive(inactive);
    }
  }

  private static void requirePrices(List<OrderLine> lines, Map<ProductId, Offer> offers)
      throws Rejection {
    var changes =
        lines.stream()
            .filter(line -> !isCurrent(line, offer(offers, line.productId())))
            .map(line -> offer(offers, line.productId()).changeOf(line))
            .distinct()
            .toList();
    if (!changes.isEmpty()) {
      throw new Rejection.PriceChanged(changes);
    }
  }

  private static boolean isCurrent(OrderLine line, Offer offer) {
    return line.priceVersion() == offer.priceVersion()
        && line.expectedPrice().compareTo(offer.price().amount()) == 0;
  }

  private static void requireOneCurrency(
      SortedMap<ProductId, Quantity> quantities, Map<ProductId, Offer> offers) throws Rejection {
    var currencies =
        quantities.keySet().stream().map(id -> offer(offers, id).price().currency()).distinct();
    if (currencies.count() > 1) {
      throw new Rejection.CurrencyMismatch();
    }
  }

  private static void requireStock(
      SortedMap<ProductId, Quantity> quantities, Map<ProductId, Offer> offers) throws Rejection {
    var shortages =
        quantities.entrySet().stream()
            .filter(e -> offer(offers, e.getKey()).available() < e.getValue().value())
            .map(e ->
                new Shortage(
                    e.getKey(), e.getValue().value(), offer(offers, e.getKey()).available()))
            .toList();
    if (!shortages.isEmpty()) {
      throw new Rejection.InsufficientStock(shortages);
    }
  }

  private static OrderPlacedEvent placed(
      PlaceOrder command, Map<ProductId, Offer> offers, Instant now) {
    var currency = offer(offers, command.lines().getFirst().productId()).price().currency();
    var total = Money.zero(currency);
    for (var line : command.lines()) {
      total = total.plus(offer(offers, line.productId()).price().times(line.quantity()));
    }
    var items =
        command.lines().stream()
            .map(line ->
                new OrderItem(
                    line.productId(),
                    line.quantity(),
                    offer(offers, line.productId()).price().amount()))
            .toList();
    return new OrderPlacedEvent(
        command.orderId(),
        command.userId(),
        items,
        total.amount(),
        currency,
        command.key(),
        command.paymentMethod(),
        command.fingerprint(),
        now);
  }

  private static Offer offer(Map<ProductId, Offer> offers, ProductId id) {
    return Objects.requireNonNull(offers.get(id), id::value);
  }
}
