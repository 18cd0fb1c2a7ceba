package dev.orderflow.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.ordering.OrderId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservationIdTest {
  /** The example of RFC 9562, appendix A.6. */
  private static final String EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

  private static final Instant MADE = Instant.parse("2022-02-22T19:22:22Z");

  @Test
  void an_orders_reservation_is_told_by_its_id() {
    assertThat(ReservationId.of(new OrderId("ORD-1")).isOrders()).isTrue();
    assertThat(new ReservationId(EXAMPLE).isOrders()).isFalse();
  }

  @Test
  void a_uuidv7_tells_when_it_was_made() {
    assertThat(new ReservationId(EXAMPLE).madeAt()).hasValue(MADE);
    assertThat(new ReservationId("ffffffff-ffff-7fff-bfff-ffffffffffff").madeAt())
        .hasValue(Instant.ofEpochMilli((1L << 48) - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORD-017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
        "017f22e279b07cc398c4dc0c0c07398f",
        "x"
      })
  void no_other_id_does(String value) {
    assertThat(new ReservationId(value).madeAt()).isEmpty();
    assertThatThrownBy(() -> ReservationId.withoutOrder(value, MADE))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("reservationId must be a UUIDv7");
  }

  @Test
  void one_uuid_is_one_id_however_it_is_written() {
    assertThat(new ReservationId("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
        .isEqualTo(new ReservationId(EXAMPLE));
  }

  @Test
  void an_id_from_the_future_is_refused_but_clocks_may_differ_a_little() {
    assertThat(ReservationId.withoutOrder(EXAMPLE, MADE.minus(ReservationId.MAX_AHEAD)).value())
        .isEqualTo(EXAMPLE);
    assertThatThrownBy(() ->
            ReservationId.withoutOrder(EXAMPLE, MADE.minus(ReservationId.MAX_AHEAD).minusMillis(1)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("reservationId must be a UUIDv7 of now")
        .hasMessageContaining("5 minutes");
  }

  @Test
  void an_orders_reservation_lasts_and_any_other_one_expires() {
    var product = new ProductId("P");
    var one = new Quantity(1);
    var aWhile = Duration.ofMinutes(15);

    assertThatCode(() -> new ReserveStock(product, new ReservationId("ORD-1"), one))
        .doesNotThrowAnyException();
    assertThatCode(() -> new ReserveStock(product, new ReservationId(EXAMPLE), one, aWhile))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new ReserveStock(product, new ReservationId("ORD-1"), one, aWhile))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReserveStock(product, new ReservationId(EXAMPLE), one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReserveStock(product, new ReservationId("x"), one, aWhile))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
