package dev.orderflow.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.FakeNameService;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances behind one host name, as in Compose and behind a headless service of Kubernetes. */
class NamedInstancesIT {
  private static final String NAME = "command-side.test";
  private static final String ONE_ADDRESS = "127.0.0.1";
  private static final String TWO_ADDRESS = "127.0.0.2";
  private static final String NOBODY_ADDRESS = "127.0.0.3";

  private static final FakeService ONE = new FakeService("one", ONE_ADDRESS, 0);
  private static final FakeService TWO = new FakeService("two", TWO_ADDRESS, ONE.port());
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.command-side",
                "http://" + NAME + ":" + ONE.port(),
                "orderflow.gateway.resolve-every",
                "50ms"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    ONE.close();
    TWO.close();
  }

  @BeforeEach
  void one_instance() {
    addressesAre(ONE_ADDRESS);
    awaitAnswersOf("one");
  }

  @Test
  void all_addresses_of_a_name_are_asked_in_turn_from_the_moment_when_they_are_there() {
    addressesAre(TWO_ADDRESS, ONE_ADDRESS);

    awaitAnswersOf("one", "two");
    assertThat(answers(4))
        .isIn(List.of("one", "two", "one", "two"), List.of("two", "one", "two", "one"));
  }

  @Test
  void an_address_that_the_name_has_no_longer_is_not_asked() {
    addressesAre(TWO_ADDRESS);

    awaitAnswersOf("two");
  }

  @Test
  void an_address_that_is_dead_but_still_named_is_skipped() {
    addressesAre(NOBODY_ADDRESS, TWO_ADDRESS);

    awaitAnswersOf("two");
    assertThat(answers(4)).containsOnly("two");
  }

  @Test
  void while_the_name_service_is_away_the_last_known_addresses_are_asked() {
    addressesAre(ONE_ADDRESS, TWO_ADDRESS);
    awaitAnswersOf("one", "two");

    var asked = FakeNameService.questions(NAME);
    addressesAre();

    await().until(() -> FakeNameService.questions(NAME) >= asked + 2);
    assertThat(answers(4)).contains("one", "two");
  }

  private static void addressesAre(String... addresses) {
    FakeNameService.set(NAME, addresses);
  }

  private static void awaitAnswersOf(String... names) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Set.copyOf(answers(2 * names.length)).equals(Set.of(names)));
  }

  private static List<String> answers(int requests) {
    return IntStream.range(0, requests)
        .mapToObj(_ -> gateway.send(gateway.requestAs("customer", "POST", "/orders")).body())
        .toList();
  }
}
