package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Of each service one of several instances dies, and it is one that has work. */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class FailoverE2E {
  private static final Duration CARRIED_ON_WITHIN = Duration.ofSeconds(30);

  /** Until those that have just come have their part. */
  private static final Duration DIVIDED_WITHIN = Duration.ofSeconds(60);

  private final PlatformUnderTest platform;
  private final ShopClient shop;

  FailoverE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @Test
  void the_other_instances_or_the_next_lives_of_these_carry_on_what_they_had() {
    var product = shop.newProduct(100_000);
    var publishes = whoHas("publication");
    var shows = whoHas("order-view orders-0");
    var decides = whoHas("order-saga orders-0");
    assertThat(publishes).startsWith("command-side-");
    assertThat(shows).startsWith("query-side-");
    assertThat(decides).startsWith("saga-");

    var names = String.join(" ", publishes, shows, decides);
    assertThat(Crash.of(names, platform, product)).isLessThan(CARRIED_ON_WITHIN);
  }

  /** The instance that has what only one has at a time. */
  private String whoHas(String work) {
    return await("one instance has " + work)
        .atMost(DIVIDED_WITHIN)
        .until(() -> allThatHave(work), instances -> instances.size() == 1)
        .getFirst();
  }

  private List<String> allThatHave(String work) {
    return shop.as(ShopClient.STAFF)
        .get("/admin/overview")
        .body()
        .path("instances")
        .valueStream()
        .filter(instance ->
            instance.path("holds").valueStream().map(JsonNode::asString).anyMatch(work::equals))
        .map(instance -> instance.path("instance").asString())
        .toList();
  }
}
