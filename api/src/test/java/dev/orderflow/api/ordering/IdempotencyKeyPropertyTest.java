package dev.orderflow.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.time.api.DateTimes;

/** Idempotency keys of any user, time and random part, and the orders that follow from them. */
class IdempotencyKeyPropertyTest {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  @Property
  void a_key_names_exactly_the_user_it_was_made_for(
      @ForAll("users") String user, @ForAll("tails") String tail) {
    assertThat(new IdempotencyKey(user + tail).userId()).isEqualTo(new UserId(user));
  }

  /** Users whose ids look like parts of keys are the ones that could be mixed up. */
  @Property
  void two_keys_are_two_orders_and_one_key_is_one(
      @ForAll @Size(2) List<@From("keys") String> keys) {
    var orders = keys.stream().map(IdempotencyKeyPropertyTest::orderOf).toList();

    assertThat(Set.copyOf(orders)).hasSameSizeAs(Set.copyOf(keys));
  }

  @Property
  void the_same_key_in_the_name_of_two_users_would_be_two_orders(
      @ForAll("users") String one, @ForAll("users") String other, @ForAll("keys") String key) {
    Assume.that(!one.equals(other));

    assertThat(OrderId.of(new UserId(one), new IdempotencyKey(key)))
        .isNotEqualTo(OrderId.of(new UserId(other), new IdempotencyKey(key)));
  }

  private static OrderId orderOf(String key) {
    var parsed = new IdempotencyKey(key);
    return OrderId.of(parsed.userId(), parsed);
  }

  @Provide
  Arbitrary<String> users() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(80),
        Arbitraries.of("a", "a_b", "a_", "_", "a_20241201143022", "a_20241201143022_x"));
  }

  @Provide
  Arbitrary<String> tails() {
    var random =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .numeric()
            .withChars('-')
            .ofMinLength(1)
            .ofMaxLength(64);
    return Combinators.combine(
            DateTimes.dateTimes()
                .between(LocalDateTime.of(1, 1, 1, 0, 0), LocalDateTime.of(9999, 12, 31, 23, 59)),
            Arbitraries.oneOf(random, Arbitraries.of("x", "y")))
        .as((time, end) -> "_" + TIME.format(time) + "_" + end);
  }

  @Provide
  Arbitrary<String> keys() {
    var close = Arbitraries.of("_20241201143022_x", "_20241201143022_y", "_20241201143023_x");
    return Combinators.combine(users(), Arbitraries.oneOf(tails(), close)).as(String::concat);
  }
}
