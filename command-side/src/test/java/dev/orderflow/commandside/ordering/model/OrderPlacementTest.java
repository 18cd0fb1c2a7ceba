package dev.orderflow.commandside.ordering.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderPlacementTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final ProductId LAMP = new ProductId("PROD-LAMP");

  @Test
  void an_order_is_placed_at_the_current_prices_and_holds_its_stock() throws Exception {
    var placement =
        decide(
            order(line(KETTLE, 2, "50000", 1), line(LAMP, 1, "120000", 3)),
            offer(KETTLE, "50000", 1, 10),
            offer(LAMP, "120000", 3, 1));

    assertThat(placement.reservations())
        .containsExactly(Map.entry(KETTLE, new Quantity(2)), Map.entry(LAMP, new Quantity(1)));
    assertThat(placement.event().totalAmount()).isEqualByComparingTo("220000");
    assertThat(placement.event().items())
        .containsExactly(
            new OrderItem(KETTLE, new Quantity(2), new BigDecimal("50000")),
            new OrderItem(LAMP, new Quantity(1), new BigDecimal("120000")));
  }

  @Test
  void lines_of_the_same_product_are_summed() throws Exception {
    var twice = order(line(KETTLE, 2, "50000", 1), line(KETTLE, 3, "50000", 1));

    assertThat(decide(twice, offer(KETTLE, "50000", 1, 5)).reservations())
        .containsExactly(Map.entry(KETTLE, new Quantity(5)));
    assertThatThrownBy(() -> decide(twice, offer(KETTLE, "50000", 1, 4)))
        .isInstanceOfSatisfying(
            Rejection.InsufficientStock.class,
            rejection ->
                assertThat(rejection.shortages()).containsExactly(new Shortage(KETTLE, 5, 4)));
  }

  @Test
  void every_unknown_product_is_named() {
    assertThatThrownBy(() -> decide(order(line(KETTLE, 1, "1", 1), line(LAMP, 1, "1", 1))))
        .isInstanceOf(Rejection.ProductNotFound.class)
        .hasMessage(new Rejection.ProductNotFound(List.of(KETTLE, LAMP)).getMessage());
  }

  @Test
  void a_product_off_sale_cannot_be_ordered() {
    assertThatThrownBy(() ->
            decide(
                order(line(KETTLE, 1, "50000", 1)), new Offer(KETTLE, vnd("50000"), 1, false, 10)))
        .isInstanceOf(Rejection.ProductInactive.class);
  }

  @Test
  void a_stale_price_is_rejected_with_the_current_one() {
    assertThatThrownBy(() ->
            decide(
                order(line(KETTLE, 1, "50000", 1), line(LAMP, 1, "100", 1)),
                offer(KETTLE, "60000", 2, 10),
                offer(LAMP, "100", 1, 10)))
        .isInstanceOfSatisfying(
            Rejection.PriceChanged.class,
            rejection ->
                assertThat(rejection.changes())
                    .containsExactly(
                        new Change(
                            KETTLE, new BigDecimal("50000"), 1, new BigDecimal("60000"), 2)));
  }

  @Test
  void the_right_price_of_another_version_is_stale_too() {
    assertThatThrownBy(
            () -> decide(order(line(KETTLE, 1, "50000", 1)), offer(KETTLE, "50000", 3, 10)))
        .isInstanceOf(Rejection.PriceChanged.class);
  }

  @Test
  void another_price_of_the_right_version_is_rejected_too() {
    assertThatThrownBy(() -> decide(order(line(KETTLE, 1, "1", 1)), offer(KETTLE, "50000", 1, 10)))
        .isInstanceOf(Rejection.PriceChanged.class);
  }

  @Test
  void how_the_expected_price_is_written_does_not_matter() throws Exception {
    assertThat(
            decide(order(line(KETTLE, 1, "50000.00", 1)), offer(KETTLE, "50000", 1, 10))
                .event()
                .totalAmount())
        .isEqualByComparingTo("50000");
  }

  @Test
  void an_order_has_one_currency() {
    assertThatThrownBy(() ->
            decide(
                order(line(KETTLE, 1, "50000", 1), line(LAMP, 1, "5", 1)),
                offer(KETTLE, "50000", 1, 10),
                new Offer(
                    LAMP,
                    new Money(new BigDecimal("5"), Currency.getInstance("EUR")),
                    1,
                    true,
                    10)))
        .isInstanceOf(Rejection.CurrencyMismatch.class);
  }

  @Test
  void every_product_that_is_short_is_named_and_nothing_else() {
    assertThatThrownBy(() ->
            decide(
                order(line(KETTLE, 11, "50000", 1), line(LAMP, 1, "100", 1)),
                offer(KETTLE, "50000", 1, 10),
                offer(LAMP, "100", 1, 1)))
        .isInstanceOfSatisfying(
            Rejection.InsufficientStock.class,
            rejection ->
                assertThat(rejection.shortages()).containsExactly(new Shortage(KETTLE, 11, 10)));
  }

  private static OrderPlacement decide(PlaceOrder order, Offer... offers) throws Rejection {
    return OrderPlacement.decide(
        order,
        Arrays.stream(offers).collect(Collectors.toMap(Offer::productId, Function.identity())),
        NOW);
  }

  private static PlaceOrder order(OrderLine... lines) {
    return new PlaceOrder(
        new UserId("alice"),
        new IdempotencyKey("alice_20241201143022_abc789"),
        List.of(lines),
        null,
        null);
  }

  private static OrderLine line(ProductId id, int quantity, String price, long version) {
    return new OrderLine(id, new Quantity(quantity), new BigDecimal(price), version);
  }

  private static Offer offer(ProductId id, String price, long version, long available) {
    return new Offer(id, vnd(price), version, true, available);
  }

  private static Money vnd(String amount) {
    return new Money(new BigDecimal(amount), Currency.getInstance("VND"));
  }
}
