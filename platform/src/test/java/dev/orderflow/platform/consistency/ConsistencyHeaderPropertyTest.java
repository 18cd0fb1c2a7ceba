package dev.orderflow.platform.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class ConsistencyHeaderPropertyTest {
  @Property
  void what_was_written_is_read_back(
      @ForAll @Size(min = 1, max = 10) List<@From("marks") ConsistencyToken> marks,
      @ForAll("separators") String separator) {
    var header = marks.stream().map(ConsistencyToken::text).collect(Collectors.joining(separator));

    assertThat(ConsistencyHeader.read(header)).isEqualTo(marks);
  }

  @Property
  void a_mark_is_short_and_can_stand_in_a_header(@ForAll("marks") ConsistencyToken token) {
    assertThat(token.text()).matches("[!-+\\--~]{1,94}");
  }

  @Property
  void more_writes_than_a_read_may_name_are_refused(
      @ForAll @Size(min = 11, max = 20) List<@From("marks") ConsistencyToken> marks) {
    assertRefused(marks.stream().map(ConsistencyToken::text).collect(Collectors.joining(",")));
  }

  @Property
  void any_other_text_is_refused_and_the_error_names_the_header(@ForAll String text) {
    assertRefused(text);
  }

  @Property
  void a_mark_that_was_changed_is_refused_or_another_one(
      @ForAll("marks") ConsistencyToken token, @ForAll char other, @ForAll("places") int place) {
    var text = new StringBuilder(token.text());
    text.setCharAt(place % text.length(), other);
    try {
      var read = ConsistencyHeader.read(text.toString());

      assertThat(read.stream().map(ConsistencyToken::text).collect(Collectors.joining(",")))
          .isEqualTo(text.toString().strip());
    } catch (InvalidValueException e) {
      assertThat(e.field()).isEqualTo("Orderflow-Consistency");
    }
  }

  private static void assertRefused(String header) {
    assertThatThrownBy(() -> ConsistencyHeader.read(header))
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            e -> {
              assertThat(e.field()).isEqualTo("Orderflow-Consistency");
              assertThat(e.remedy()).contains("a write's answer");
            });
  }

  @Provide
  Arbitrary<ConsistencyToken> marks() {
    var revisions = Arbitraries.longs().between(1, 999_999_999_999_999_999L);
    var products =
        Combinators.combine(
                Arbitraries.strings().alpha().numeric().ofLength(1),
                Arbitraries.strings().alpha().numeric().withChars("._-").ofMaxLength(63))
            .as((first, rest) -> new ProductId(first + rest));
    var orders =
        Arbitraries.strings()
            .alpha()
            .numeric()
            .withChars('-')
            .ofMinLength(1)
            .ofMaxLength(56)
            .map(rest -> new OrderId("ORD-" + rest));
    return Arbitraries.oneOf(
        Combinators.combine(products, revisions).as(ConsistencyToken.OfProduct::new),
        Combinators.combine(products, revisions).as(ConsistencyToken.OfStock::new),
        Combinators.combine(orders, revisions).as(ConsistencyToken.OfOrder::new));
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of(",", ", ", " ,\t");
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 93);
  }
}
