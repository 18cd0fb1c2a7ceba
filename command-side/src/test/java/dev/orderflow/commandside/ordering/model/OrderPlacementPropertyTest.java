package dev.orderflow.commandside.ordering.model;

import static dev.orderflow.api.catalog.CatalogCommand.MAX_PRICE_DIGITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.rejection.Rejection.InsufficientStock.Shortage;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The decision about any order of any products, beside a plain model of the rules. */
class OrderPlacementPropertyTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final List<ProductId> PRODUCTS =
      Stream.of("P-3", "P-1", "P-10", "P-2").map(ProductId::new).toList();

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void an_order_is_placed_whole_or_refused_for_the_first_rule_it_breaks(
      @ForAll("situations") Situation situation) {
    var expected = refusalOf(situation);
    Statistics.label("refused for")
        .collect(expected == null ? "nothing" : expected.getFirst())
        .coverage(coverage -> {
          coverage.check("nothing").percentage(share -> share > 10);
          for (var kind :
              List.of(
                  Rejection.ProductNotFound.class,
                  Rejection.ProductInactive.class,
                  Rejection.PriceChanged.class,
                  Rejection.CurrencyMismatch.class,
                  Rejection.InsufficientStock.class)) {
            coverage.check(kind).count(times -> times > 0);
          }
        });

    try {
      var placement = OrderPlacement.decide(situation.order(), situation.offers(), NOW);

      assertThat(expected).isNull();
      assertThatAllOfItIsPlaced(situation, placement);
    } catch (Rejection rejection) {
      assertThat(namedIn(rejection)).isEqualTo(expected);
    }
  }

  private static void assertThatAllOfItIsPlaced(Situation situation, OrderPlacement placement) {
    var order = situation.order();
    var total = BigDecimal.ZERO;
    var items = new ArrayList<OrderItem>();
    for (var line : order.lines()) {
      var price = situation.offers().get(line.productId()).price();
      total = total.add(price.amount().multiply(BigDecimal.valueOf(line.quantity().value())));
      items.add(new OrderItem(line.productId(), line.quantity(), price.amount()));
    }
    assertThat(placement.event().totalAmount()).isEqualByComparingTo(total);
    assertThat(placement.event().items()).isEqualTo(items);
    assertThat(placement.event().orderId()).isEqualTo(order.orderId());
    assertThat(placement.event().fingerprint()).isEqualTo(order.fingerprint());
    assertThat(placement.event().timestamp()).isEqualTo(NOW);
    assertThat(situation.offers().values().stream().map(Offer::price).map(Money::currency))
        .contains(placement.event().currency());
    assertThat(pieces(placement.reservations())).containsExactlyEntriesOf(summed(order));
    placement
        .reservations()
        .forEach((id, quantity) ->
            assertThat((long) quantity.value())
                .isLessThanOrEqualTo(situation.offers().get(id).available()));
  }

  @Property
  void the_total_of_the_largest_order_is_exact(@ForAll("prices") List<BigDecimal> prices)
      throws Rejection {
    var most = new Quantity(Quantity.MAX);
    var lines = new ArrayList<OrderLine>();
    var offers = new HashMap<ProductId, Offer>();
    for (var price : prices) {
      var id = new ProductId("P" + lines.size());
      lines.add(new OrderLine(id, most, price, 1));
      offers.put(id, new Offer(id, new Money(price, Money.currency("EUR")), 1, true, 2_000_000));
    }

    var placed = OrderPlacement.decide(order(lines), offers, NOW).event();

    assertThat(placed.totalAmount())
        .isEqualByComparingTo(
            prices.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .multiply(BigDecimal.valueOf(Quantity.MAX)));
  }

  /** The rule that is broken and all that the refusal must name; null when it is placed. */
  private static List<Object> refusalOf(Situation situation) {
    var offers = situation.offers();
    var ids = new TreeSet<>(situation.order().lines().stream().map(OrderLine::productId).toList());
    var unknown = ids.stream().filter(id -> !offers.containsKey(id)).toList();
    if (!unknown.isEmpty()) {
      return List.of(
          Rejection.ProductNotFound.class, new Rejection.ProductNotFound(unknown).getMessage());
    }
    var inactive = ids.stream().filter(id -> !offers.get(id).active()).toList();
    if (!inactive.isEmpty()) {
      return List.of(
          Rejection.ProductInactive.class, new Rejection.ProductInactive(inactive).getMessage());
    }
    var changes = new LinkedHashSet<Change>();
    for (var line : situation.order().lines()) {
      var offer = offers.get(line.productId());
      var amount = offer.price().amount();
      if (line.priceVersion() != offer.priceVersion()
          || line.expectedPrice().compareTo(amount) != 0) {
        changes.add(
            new Change(
                line.productId(),
                line.expectedPrice(),
                line.priceVersion(),
                amount,
                offer.priceVersion()));
      }
    }
    if (!changes.isEmpty()) {
      return List.of(Rejection.PriceChanged.class, List.copyOf(changes));
    }
    if (ids.stream().map(id -> offers.get(id).price().currency()).distinct().count() != 1) {
      return List.of(Rejection.CurrencyMismatch.class);
    }
    var shortages = new ArrayList<Shortage>();
    summed(situation.order())
        .forEach((id, pieces) -> {
          if (pieces > offers.get(id).available()) {
            shortages.add(new Shortage(id, pieces, offers.get(id).available()));
          }
        });
    return shortages.isEmpty() ? null : List.of(Rejection.InsufficientStock.class, shortages);
  }

  private static List<Object> namedIn(Rejection rejection) {
    return switch (rejection) {
      case Rejection.ProductNotFound e -> List.of(e.getClass(), e.getMessage());
      case Rejection.ProductInactive e -> List.of(e.getClass(), e.getMessage());
      case Rejection.PriceChanged e -> List.of(e.getClass(), e.changes());
      case Rejection.InsufficientStock e -> List.of(e.getClass(), e.shortages());
      default -> List.of(rejection.getClass());
    };
  }

  private static TreeMap<ProductId, Long> summed(PlaceOrder order) {
    var sums = new TreeMap<ProductId, Long>();
    order.lines().forEach(line -> sums.merge(line.productId(), pieces(line), Long::sum));
    return sums;
  }

  private static long pieces(OrderLine line) {
    return line.quantity().value();
  }

  private static Map<ProductId, Long> pieces(Map<ProductId, Quantity> reservations) {
    var pieces = new LinkedHashMap<ProductId, Long>();
    reservations.forEach((id, quantity) -> pieces.put(id, (long) quantity.value()));
    return pieces;
  }

  record Situation(PlaceOrder order, Map<ProductId, Offer> offers) {}

  /** Most are in order, so that the later rules are reached too. */
  @Provide
  Arbitrary<Situation> situations() {
    return Combinators.combine(
            offers(), Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)))
        .flatAs((offers, rightlyQuoted) ->
            Arbitraries.frequencyOf(
                    Tuple.of(3, lines(offers, rightlyQuoted).list().ofMinSize(1).ofMaxSize(6)),
                    Tuple.of(1, lines(offers, rightlyQuoted).list().ofMinSize(50).ofMaxSize(100)))
                .map(lines -> new Situation(order(lines), offers)));
  }

  private static Arbitrary<Map<ProductId, Offer>> offers() {
    return Combinators.combine(PRODUCTS.stream().map(OrderPlacementPropertyTest::offer).toList())
        .as(offers ->
            offers.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Offer::productId, Function.identity())));
  }

  private static Arbitrary<Optional<Offer>> offer(ProductId id) {
    return Combinators.combine(
            Arbitraries.of("100", "200", "300").map(BigDecimal::new),
            Arbitraries.frequency(Tuple.of(12, "VND"), Tuple.of(1, "EUR")).map(Money::currency),
            Arbitraries.longs().between(1, 3),
            Arbitraries.frequency(Tuple.of(15, true), Tuple.of(1, false)),
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(500, 1_000)),
                Tuple.of(1, Arbitraries.longs().between(0, 20))))
        .as((price, currency, version, active, available) ->
            new Offer(id, new Money(price, currency), version, active, available))
        .optional(0.95);
  }

  private static Arbitrary<OrderLine> lines(Map<ProductId, Offer> offers, boolean rightlyQuoted) {
    return Combinators.combine(
            Arbitraries.of(PRODUCTS),
            Arbitraries.integers().between(1, 5).map(Quantity::new),
            Arbitraries.of("100", "100.00", "200", "300").map(BigDecimal::new),
            Arbitraries.longs().between(1, 3))
        .as((id, quantity, price, version) -> {
          var offer = rightlyQuoted ? offers.get(id) : null;
          return offer == null
              ? new OrderLine(id, quantity, price, version)
              : new OrderLine(id, quantity, offer.price().amount(), offer.priceVersion());
        });
  }

  @Provide
  Arbitrary<List<BigDecimal>> prices() {
    var largest = BigInteger.TEN.pow(MAX_PRICE_DIGITS + 2).subtract(BigInteger.ONE);
    return Arbitraries.bigIntegers()
        .between(BigInteger.ONE, largest)
        .map(cents -> new BigDecimal(cents, 2))
        .list()
        .ofMinSize(1)
        .ofMaxSize(PlaceOrder.MAX_LINES);
  }

  private static PlaceOrder order(List<OrderLine> lines) {
    return new PlaceOrder(
        new UserId("alice"), new IdempotencyKey("alice_20241201143022_abc789"), lines, null, null);
  }
}
