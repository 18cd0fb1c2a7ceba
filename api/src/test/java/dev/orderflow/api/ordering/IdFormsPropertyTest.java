package dev.orderflow.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.inventory.ReservationId;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Ids are checked without the expressions that are published for them, and just as these say. */
class IdFormsPropertyTest {
  @Property
  void an_order_id_is_what_its_published_form_says(@ForAll("nearly_ids") String text) {
    assertThat(accepts(OrderId::new, text)).isEqualTo(OrderId.FORM.matcher(text).matches());
  }

  @Property
  void a_reservation_id_is_of_letters_digits_underscores_and_hyphens(
      @ForAll("nearly_ids") String text) {
    assertThat(accepts(ReservationId::new, text)).isEqualTo(text.matches("[A-Za-z0-9_-]{1,64}"));
  }

  @Provide
  Arbitrary<String> nearly_ids() {
    return Combinators.combine(
            Arbitraries.of("ORD-", "ORD", "ord-", ""),
            Arbitraries.oneOf(letters().ofMaxLength(10), letters().ofMinLength(54).ofMaxLength(66)),
            Arbitraries.of(
                "", "", "_", ".", "@", "[", "`", "{", "/", ":", "\n", "\u0080", "\u0660"))
        .as((prefix, rest, last) -> prefix + rest + last);
  }

  private static StringArbitrary letters() {
    return Arbitraries.strings()
        .withCharRange('0', '9')
        .withCharRange('A', 'Z')
        .withCharRange('a', 'z')
        .withChars('-');
  }

  private static boolean accepts(Function<String, ?> id, String text) {
    try {
      return id.apply(text) != null;
    } catch (InvalidValueException _) {
      return false;
    }
  }
}
