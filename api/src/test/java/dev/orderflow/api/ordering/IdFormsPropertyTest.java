package dev.orderflow.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.inventory.ReservationId;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
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
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  @Property
  void an_order_id_is_what_its_published_form_says(@ForAll("nearly_ids") String text) {
    assertThat(accepts(OrderId::new, text)).isEqualTo(OrderId.FORM.matcher(text).matches());
  }

  @Property
  void a_reservation_id_is_of_letters_digits_underscores_and_hyphens(
      @ForAll("nearly_ids") String text) {
    assertThat(accepts(ReservationId::new, text)).isEqualTo(text.matches("[A-Za-z0-9_-]{1,64}"));
  }

  @Property
  void an_idempotency_key_is_what_its_published_form_says_with_a_real_time(
      @ForAll("nearly_keys") String text) {
    var parts = IdempotencyKey.FORM.matcher(text);

    assertThat(accepts(IdempotencyKey::new, text))
        .isEqualTo(parts.matches() && isTime(parts.group(2)));
  }

  private static boolean isTime(String text) {
    try {
      return LocalDateTime.parse(text, TIME) != null;
    } catch (DateTimeException _) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> nearly_keys() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.of("", "a", "_", "a_b", "a b", "\u00e4", "a\u007f"),
                Arbitraries.integers().between(126, 130).map("u"::repeat)),
            Arbitraries.of("_", "_", "_", "", "-", "__"),
            Arbitraries.of(
                "20241201143022",
                "20240229235959",
                "20230229000000",
                "00000101000000",
                "20241301000000",
                "20241201240000",
                "20241201146000",
                "20241201143060",
                "2024120114302",
                "202412011430222",
                "2024120114302\u0662",
                "-0241201143022"),
            Arbitraries.of("_", "_", "_", "", "-"),
            Arbitraries.oneOf(
                Arbitraries.of("", "x", "x-1", "x_1", "x.1", "\u0660"),
                Arbitraries.integers().between(63, 66).map("r"::repeat)))
        .as((user, first, time, second, random) -> user + first + time + second + random);
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
