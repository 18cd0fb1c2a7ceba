package dev.orderflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueObjectsTest {
  private static final UserId ALICE = new UserId("alice");
  private static final IdempotencyKey KEY = new IdempotencyKey("alice_20241201143022_abc789");
  private static final OrderLine LINE =
      new OrderLine(new ProductId("P"), new Quantity(1), BigDecimal.TEN, 1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice_20241201143022_abc789",
        "a_b_20241201143022_x",
        "auth0|1234_20240229000000_0-1"
      })
  void a_key_names_its_user_a_time_and_something_random(String key) {
    assertThatCode(() -> new IdempotencyKey(key)).doesNotThrowAnyException();
  }

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
  void stock_is_never_negative() {
    assertThatThrownBy(() -> new StockLevels(1, 0, 0).held(new Quantity(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StockLevels(1, 1, 0).committed(new Quantity(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contact_data_shows_nothing_in_logs() {
    assertThat(new Contact("Alice", "alice@example.org", "Hanoi", "vi").toString())
        .doesNotContain("Alice", "alice", "Hanoi");
  }
}
