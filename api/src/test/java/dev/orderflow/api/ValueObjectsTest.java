package dev.orderflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.catalog.CatalogCommand.ChangePrice;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueObjectsTest {
  private static final UserId ALICE = new UserId("alice");
  private static final IdempotencyKey KEY = new IdempotencyKey("alice_20241201143022_abc789");
  private static final OrderLine LINE =
      new OrderLine(new ProductId("P"), new Quantity(1), BigDecimal.TEN, 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "alice_20241201143022",
        "alice_20241201143022_",
        "_20241201143022_abc",
        "alice_2024120114302_abc",
        "alice_20241301143022_abc",
        "alice_20230229000000_abc",
        "alice_20241201250000_abc",
        "ali ce_20241201143022_abc",
        "alice_20241201143022_a b",
        "alice_20241201143022_ă"
      })
  void a_key_of_another_form_is_refused_with_the_form(String key) {
    assertThatThrownBy(() -> new IdempotencyKey(key))
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            e -> {
              assertThat(e.field()).isEqualTo("version");
              assertThat(e.remedy()).contains("yyyyMMddHHmmss");
            });
  }

  @Test
  void a_key_belongs_to_the_user_it_names() {
    assertThat(new IdempotencyKey("a_b_20241201143022_x").userId()).isEqualTo(new UserId("a_b"));
    assertThatThrownBy(() -> new PlaceOrder(new UserId("bob"), KEY, List.of(LINE), null, null))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void one_key_is_one_order_and_one_payment() {
    assertThat(OrderId.of(ALICE, KEY)).isEqualTo(OrderId.of(ALICE, KEY));
    assertThat(OrderId.of(ALICE, KEY))
        .isNotEqualTo(OrderId.of(ALICE, new IdempotencyKey("alice_20241201143022_abc780")));
    assertThat(PaymentId.of(OrderId.of(ALICE, KEY)).orderId()).isEqualTo(OrderId.of(ALICE, KEY));
    assertThat(PaymentId.of(OrderId.of(ALICE, KEY)).value())
        .isEqualTo(OrderId.of(ALICE, KEY).value().replace("ORD-", "PAY-"));
  }

  @Test
  void an_order_has_1_to_100_lines() {
    assertThatThrownBy(() -> new PlaceOrder(ALICE, KEY, List.of(), null, null))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new PlaceOrder(ALICE, KEY, Collections.nCopies(101, LINE), null, null))
        .isInstanceOf(InvalidValueException.class);
    assertThatCode(() -> new PlaceOrder(ALICE, KEY, Collections.nCopies(100, LINE), null, null))
        .doesNotThrowAnyException();
  }

  @Test
  void the_lines_of_one_product_together_keep_the_largest_quantity() {
    var half = new OrderLine(new ProductId("P"), new Quantity(600_000), BigDecimal.TEN, 1);
    assertThatThrownBy(() -> new PlaceOrder(ALICE, KEY, List.of(half, half), null, null))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void the_fingerprint_tells_requests_apart_but_not_their_contact_data() {
    var request = new PlaceOrder(ALICE, KEY, List.of(LINE), null, null);
    var contact = new Contact("Alice", "alice@example.org", null, "vi");
    var samePriceWrittenOtherwise =
        new OrderLine(LINE.productId(), LINE.quantity(), new BigDecimal("10.0"), 1);
    var otherVersion = new OrderLine(LINE.productId(), LINE.quantity(), BigDecimal.TEN, 2);

    assertThat(new PlaceOrder(ALICE, KEY, List.of(LINE), null, contact).fingerprint())
        .isEqualTo(request.fingerprint());
    assertThat(
            new PlaceOrder(ALICE, KEY, List.of(samePriceWrittenOtherwise), null, null)
                .fingerprint())
        .isEqualTo(request.fingerprint());
    assertThat(new PlaceOrder(ALICE, KEY, List.of(otherVersion), null, null).fingerprint())
        .isNotEqualTo(request.fingerprint());
    assertThat(
            new PlaceOrder(ALICE, KEY, List.of(LINE), new PaymentMethod("pm_card_visa"), null)
                .fingerprint())
        .isNotEqualTo(request.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_000_001, Long.MAX_VALUE})
  void a_quantity_is_positive_and_not_absurd(long value) {
    assertThatThrownBy(() -> Quantity.of(value)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1e2147483647", "1e999999999", "1e-999999999"})
  void an_expected_price_is_positive_and_not_absurd(String price) {
    assertThatThrownBy(
            () -> new OrderLine(new ProductId("P"), new Quantity(1), new BigDecimal(price), 1))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-P", "a b", "ä", "a/b", "../x"})
  void a_product_id_fits_into_a_path_and_a_key(String id) {
    assertThatThrownBy(() -> new ProductId(id)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void a_card_number_is_no_payment_method() {
    assertThatThrownBy(() -> new PaymentMethod("4242424242424242"))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void text_has_whole_characters_and_is_as_long_as_it_has() {
    assertThatThrownBy(() -> TextRule.requireLine("name", "x\ud83d", 10))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("halves");
    assertThatCode(() -> TextRule.requireLine("name", "\ud83d\ude00\ud83d\ude00", 2))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0\u2003",
        "\u200b\u200d\ufeff",
        "\u202e",
        "\u0301",
        "\u3164",
        "\u2800",
        "\ufe0f"
      })
  void a_name_has_something_to_see(String nothing) {
    var price = new Money(BigDecimal.TEN, Money.currency("VND"));

    assertThatThrownBy(() -> new CreateProduct(LINE.productId(), nothing, "", price))
        .isInstanceOf(InvalidValueException.class);
    assertThatCode(() -> new CreateProduct(LINE.productId(), "e" + nothing, "", price))
        .doesNotThrowAnyException();
  }

  @Test
  void a_line_is_one_line() {
    assertThatThrownBy(() -> TextRule.requireLine("name", "a\u2028b", 10))
        .isInstanceOf(InvalidValueException.class);
    assertThatCode(() -> TextRule.requireLines("description", "a\u2028b", 10))
        .doesNotThrowAnyException();
  }

  @Test
  void text_has_no_control_characters() {
    var nul = "a" + (char) 0;
    var price = new Money(BigDecimal.TEN, Money.currency("VND"));
    assertThatThrownBy(() -> new CreateProduct(new ProductId("P"), nul, "", price))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new CreateProduct(new ProductId("P"), "a", nul, price))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new Contact("a\r\nBcc: b", null, null, null))
        .isInstanceOf(InvalidValueException.class);
    assertThatCode(() -> new CreateProduct(new ProductId("P"), "a", "two\nlines", price))
        .doesNotThrowAnyException();
  }

  @Test
  void only_a_failed_payment_has_a_reason_and_not_a_long_one() {
    var payment = new PaymentId("PAY-1");
    assertThatThrownBy(() -> new CompletePayment(payment, PaymentOutcome.FAILED, null))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new CompletePayment(payment, PaymentOutcome.SUCCESS, "x"))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new CompletePayment(payment, PaymentOutcome.FAILED, "x".repeat(201)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void contact_data_shows_nothing_in_logs() {
    assertThat(new Contact("Alice", "alice@example.org", "Hanoi", "vi"))
        .hasToString("Contact[personal data]");
  }

  @Test
  void every_part_of_the_contact_may_be_missing() {
    assertThatCode(() -> new Contact(null, null, null, null)).doesNotThrowAnyException();
  }

  static Stream<Arguments> brokenContacts() {
    return Stream.of(
        Arguments.of(
            "contact.name", (Executable) () -> new Contact("n".repeat(201), null, null, null)),
        Arguments.of(
            "contact.email", (Executable) () -> new Contact(null, "no address", null, null)),
        Arguments.of(
            "contact.email",
            (Executable) () -> new Contact(null, "a@" + "b".repeat(253), null, null)),
        Arguments.of(
            "contact.address", (Executable) () -> new Contact(null, null, "a".repeat(1_001), null)),
        Arguments.of("locale", (Executable) () -> new Contact(null, null, null, "vi VN")));
  }

  @ParameterizedTest
  @MethodSource("brokenContacts")
  void a_contact_that_breaks_a_rule_names_the_field(String field, Executable broken) {
    assertThatThrownBy(broken::execute)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void what_has_exactly_the_longest_form_is_still_valid() {
    var price = new Money(new BigDecimal("9".repeat(15)), Money.currency("VND"));
    var million = new OrderLine(LINE.productId(), new Quantity(Quantity.MAX), BigDecimal.TEN, 1);
    var long24 = new BigDecimal("9".repeat(24) + "." + "9".repeat(24));

    assertThat(Quantity.of(Quantity.MAX)).isEqualTo(new Quantity(Quantity.MAX));
    assertThatCode(() -> new Contact("n".repeat(200), null, "a".repeat(1_000), "vi"))
        .doesNotThrowAnyException();
    assertThatCode(() -> new ChangePrice(LINE.productId(), price.amount(), null))
        .doesNotThrowAnyException();
    assertThatCode(() -> new PlaceOrder(ALICE, KEY, List.of(million), null, null))
        .doesNotThrowAnyException();
    assertThatCode(() -> new OrderLine(LINE.productId(), LINE.quantity(), long24, 1))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1e15"})
  void a_price_is_more_than_zero_and_leaves_room_for_totals(String price) {
    var amount = new Money(new BigDecimal(price), Money.currency("VND"));
    var id = LINE.productId();
    for (Executable command :
        List.<Executable>of(
            () -> new ChangePrice(id, amount.amount(), null),
            () -> new CreateProduct(id, "a", "", amount))) {
      assertThatThrownBy(command::execute)
          .isInstanceOfSatisfying(
              InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("price"));
    }
  }

  @Test
  void an_order_line_asks_for_a_price_version_that_can_be() {
    assertThatThrownBy(() -> new OrderLine(LINE.productId(), LINE.quantity(), BigDecimal.TEN, 0))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("priceVersion"));
  }

  @Test
  void nothing_is_not_paid() {
    var order = OrderId.of(ALICE, KEY);
    assertThatThrownBy(() -> new RequestPayment(order, Money.zero(Money.currency("EUR")), null))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("amount"));
    assertThat(
            new RequestPayment(order, new Money(BigDecimal.ONE, Money.currency("EUR")), null)
                .paymentId())
        .isEqualTo(PaymentId.of(order));
  }

  @Test
  void what_an_order_reserves_bears_its_id() {
    var order = new PlaceOrder(ALICE, KEY, List.of(LINE), null, null).orderId();

    assertThat(order).isEqualTo(OrderId.of(ALICE, KEY));
    assertThat(ReservationId.of(order).value()).isEqualTo(order.value());
    assertThatThrownBy(() -> new ReservationId("a b")).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void products_are_ordered_by_their_ids() {
    assertThat(new ProductId("P-1")).isLessThan(new ProductId("P-2"));
    assertThat(new ProductId("P-10")).isLessThan(new ProductId("P-2"));
  }

  @Test
  void an_id_is_written_as_it_stands() {
    assertThat(ALICE).hasToString("alice");
    assertThat(KEY).hasToString("alice_20241201143022_abc789");
    assertThat(LINE.productId()).hasToString("P");
    assertThat(new OrderId("ORD-1")).hasToString("ORD-1");
    assertThat(new PaymentId("PAY-1")).hasToString("PAY-1");
    assertThat(new PaymentMethod("pm_card_visa")).hasToString("pm_card_visa");
    assertThat(new ReservationId("ORD-1")).hasToString("ORD-1");
  }
}
