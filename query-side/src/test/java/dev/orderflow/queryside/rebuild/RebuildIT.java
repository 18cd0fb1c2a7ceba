package dev.orderflow.queryside.rebuild;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Events.priced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.testing.RunningQuerySide;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RebuildIT {
  private static final String PROJECTIONS = "/admin/projections";
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Test
  void a_rebuilt_view_serves_what_the_events_say_and_goes_on() throws Exception {
    running.publisher().publish(placed("rebuilt", 1));
    var order = "/orders/" + orderId("rebuilt", 1).value();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> running.getAs(running.staff(), order).status() == 200);
    var right = running.getAs(running.staff(), order).json();
    var generation = projection("order-view").get("generation").asInt();
    running.database().execute("UPDATE query_side.order_view SET total = 1");

    assertThat(running.call("POST", running.staff(), PROJECTIONS + "/order-view/rebuild"))
        .isEqualTo(202);

    awaitGeneration("order-view", generation + 1);
    assertThat(running.getAs(running.staff(), order).json()).isEqualTo(right);
    running.publisher().publish(confirmed("rebuilt", 1, at(2)));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            running
                .getAs(running.staff(), order)
                .json()
                .get("status")
                .asString()
                .equals("CONFIRMED"));
  }

  @Test
  void readers_of_a_view_that_is_rebuilt_under_changes_miss_nothing_and_never_go_back()
      throws Exception {
    running.publisher().publish(created("REBUILT", 0));
    running.awaitVersion("REBUILT", 1);
    var generation = projection("product-view").get("generation").asInt();
    assertThat(running.call("POST", running.staff(), PROJECTIONS + "/product-view/rebuild"))
        .isEqualTo(202);

    var version = 1L;
    var sequence = 0;
    while (projection("product-view").get("generation").asInt() == generation || sequence < 20) {
      sequence++;
      running.publisher().publish(priced("REBUILT", sequence, "60000", sequence + 1));
      var answer = running.get("/products/REBUILT");
      assertThat(answer.status()).isEqualTo(200);
      var seen = Long.parseLong(answer.header("ETag").replaceAll("\\D", ""));
      assertThat(seen).isGreaterThanOrEqualTo(version);
      version = seen;
    }

    running.awaitVersion("REBUILT", sequence + 1);
    awaitGeneration("product-view", generation + 1);
  }

  @Test
  void only_staff_rebuild_and_only_what_there_is() throws Exception {
    var path = PROJECTIONS + "/order-view/rebuild";
    assertThat(running.call("POST", running.customer("ann"), path)).isEqualTo(403);
    assertThat(running.call("DELETE", running.customer("ann"), path)).isEqualTo(403);
    assertThat(running.getAs(running.customer("ann"), PROJECTIONS).status()).isEqualTo(403);
    assertThat(running.call("POST", running.staff(), PROJECTIONS + "/no-such/rebuild"))
        .isEqualTo(404);
  }

  private void awaitGeneration(String name, int generation) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(projection(name).get("generation").asInt()).isEqualTo(generation);
          assertThat(projection(name).get("state").asString()).isEqualTo("LIVE");
        });
  }

  private JsonNode projection(String name) {
    for (var projection : running.getAs(running.staff(), PROJECTIONS).json().get("projections")) {
      if (projection.get("name").asString().equals(name)) {
        return projection;
      }
    }
    throw new AssertionError(name);
  }
}
