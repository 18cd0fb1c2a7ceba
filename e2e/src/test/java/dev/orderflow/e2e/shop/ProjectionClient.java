package dev.orderflow.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What staff see and do of projections. */
public final class ProjectionClient {
  public static final List<String> ALL = List.of("order-view", "product-view");

  private static final String PATH = "/admin/projections";

  /** More than a rebuild needs of what the tests have made, and its instance's next life. */
  private static final Duration DONE_WITHIN = Duration.ofSeconds(90);

  private final HttpCaller staff;

  public ProjectionClient(ShopClient shop) {
    this.staff = shop.as(ShopClient.STAFF);
  }

  /** The generations that serve, by name. */
  public Map<String, Integer> generations() {
    return ALL.stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> awaitShown(name, JsonNode::isObject).path("generation").asInt()));
  }

  /** Starts to rebuild all. */
  public void rebuild() {
    ALL.forEach(name -> accepted(name, "rebuild"));
  }

  /** Waits until other generations serve than before. */
  public void awaitRebuilt(Map<String, Integer> before) {
    before.forEach((name, generation) ->
        awaitShown(
            name,
            shown ->
                shown.path("state").asString("").equals("LIVE")
                    && shown.path("generation").asInt() > generation));
  }

  /** Demands that what is served is what a replay makes, row by row. */
  public void equalAReplay() {
    ALL.forEach(name -> accepted(name, "comparison"));
    for (var name : ALL) {
      var comparison =
          awaitShown(
                  name,
                  shown ->
                      !List.of("", "RUNNING")
                          .contains(shown.path("comparison").path("state").asString("")))
              .path("comparison");
      assertThat(comparison.path("state").asString())
          .as("%s: %s", name, comparison)
          .isEqualTo("EQUAL");
      assertThat(comparison.path("rows").asLong()).as(name).isPositive();
    }
  }

  private void accepted(String name, String what) {
    await(what + " of " + name)
        .atMost(DONE_WITHIN)
        .until(() -> staff.post(PATH + "/" + name + "/" + what, "").status() == 202);
  }

  private JsonNode awaitShown(String name, Predicate<JsonNode> condition) {
    return await(name).atMost(DONE_WITHIN).until(() -> shown(name), condition);
  }

  /** A missing node while there is no answer. */
  private JsonNode shown(String name) {
    var answer = staff.get(PATH);
    assertThat(answer.isTemporary() || answer.status() == 200).as("%s", answer).isTrue();
    return answer
        .body()
        .path("projections")
        .valueStream()
        .filter(shown -> shown.path("name").asString("").equals(name))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }
}
