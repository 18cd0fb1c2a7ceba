package dev.orderflow.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any two requests under one key: the same fingerprint exactly when they are the same request. */
class RequestFingerprintPropertyTest {
  private static final UserId ALICE = new UserId("alice");
  private static final IdempotencyKey KEY = new IdempotencyKey("alice_20241201143022_abc789");

  @Property(edgeCases = EdgeCasesMode.NONE)
  void two_requests_have_one_fingerprint_exactly_when_they_are_the_same(
      @ForAll("pairs") Pair pair) {
    assertThat(pair.one().fingerprint().equals(pair.other().fingerprint()))
        .isEqualTo(pair.one().equals(pair.other()));
  }

  @Property
  void neither_the_contact_nor_how_a_price_is_written_is_part_of_it(
      @ForAll("requests") Request request, @ForAll @IntRange(max = 8) int zeros) {
    var lines =
        request.lines().stream()
            .map(line ->
                new OrderLine(
                    line.productId(),
                    line.quantity(),
                    line.expectedPrice().setScale(line.expectedPrice().scale() + zeros),
                    line.priceVersion()))
            .toList();
    var contact = new Contact("Alice", "alice@example.org", "Hanoi", "vi");

    assertThat(new PlaceOrder(ALICE, KEY, lines, request.method(), contact).fingerprint())
        .isEqualTo(request.fingerprint());
  }

  /**
   * Prices without trailing zeros, so that equal requests are equal records.
   *
   * @param method may be null
   */
  record Request(List<OrderLine> lines, PaymentMethod method) {
    RequestFingerprint fingerprint() {
      return new PlaceOrder(ALICE, KEY, lines, method, null).fingerprint();
    }
  }

  record Pair(Request one, Request other) {}

  /** Every other pair is the same request twice. */
  @Provide
  Arbitrary<Pair> pairs() {
    return Arbitraries.oneOf(
        Combinators.combine(requests(), requests()).as(Pair::new),
        requests().map(request -> new Pair(request, request)));
  }

  /** Few values that look alike when they are written side by side. */
  @Provide
  Arbitrary<Request> requests() {
    var line =
        Combinators.combine(
                Arbitraries.of("P", "P1", "P1.1").map(ProductId::new),
                Arbitraries.of(1, 11).map(Quantity::new),
                Arbitraries.of("1", "11", "1.1").map(BigDecimal::new),
                Arbitraries.of(1L, 11L))
            .as(OrderLine::new);
    return Combinators.combine(
            line.list().ofMinSize(1).ofMaxSize(2),
            Arbitraries.of("pm", "P1").map(PaymentMethod::new).injectNull(0.5))
        .as(Request::new);
  }
}
