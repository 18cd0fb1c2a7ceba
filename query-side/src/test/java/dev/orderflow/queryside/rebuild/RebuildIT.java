package dev.orderflow.queryside.rebuild;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Events.priced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.queryside.testing.RunningQuerySide;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class RebuildIT {
  private static final String PROJECTIONS = "/admin/projections";
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Test
  void a_rebuilt_view_serves_what_the_events_say_and_goes_on() throws Exception {
    running.publisher().publish(placed("rebuilt", 1));
    var order = "/orders/" + orderId("rebuilt", 1).value();
    eventually().until(() -> running.getAs(running.staff(), order).status() == 200);
    var right = running.getAs(running.staff(), order).json();
    var generation = generation("order-view");
    running.database().execute("UPDATE query_side.order_view SET total = 1");

    assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);

    awaitRebuilt("order-view", generation);
    assertThat(running.getAs(running.staff(), order).json()).isEqualTo(right);
    running.publisher().publish(confirmed("rebuilt", 1, at(2)));
    eventually()
        .until(
            () -> running.getAs(running.staff(), order).json().get("status").asString(),
            "CONFIRMED"::equals);
  }

  @Test
  void caches_do_not_keep_what_a_rebuild_has_corrected() throws Exception {
    running.publisher().publish(created("CORRECTED", 0));
    running.awaitVersion("CORRECTED", 1);
    running
        .database()
        .execute(
            "UPDATE query_side.product_view SET name = 'Wrong' WHERE product_id = 'CORRECTED'");
    running.publisher().publish(priced("CORRECTED", 1, "60000", 2));
    running.awaitVersion("CORRECTED", 2);
    assertThat(name("CORRECTED")).isEqualTo("Wrong");
    var generation = generation("product-view");

    assertThat(call("POST", "/product-view/rebuild")).isEqualTo(202);

    awaitRebuilt("product-view", generation);
    eventually().until(() -> name("CORRECTED"), "Kettle CORRECTED"::equals);
  }

  @Test
  void
      readers_of_a_view_that_is_rebuilt_while_instances_come_and_go_miss_nothing_and_never_go_back()
          throws Exception {
    running.publisher().publish(created("REBUILT", 0));
    running.awaitVersion("REBUILT", 1);
    var sequence = 0;
    var seen = new HashMap<RunningQuerySide, Long>();

    for (var rebuilds = 0; rebuilds < 2; rebuilds++) {
      var generation = generation("product-view");
      assertThat(call("POST", "/product-view/rebuild")).isEqualTo(202);
      // It joins the groups of both generations, and leaves them again.
      try (var other = running.another()) {
        while (generation("product-view") == generation) {
          sequence++;
          running.publisher().publish(priced("REBUILT", sequence, "60000", sequence + 1));
          for (var instance : List.of(running, other)) {
            var answer = instance.get("/products/REBUILT");
            assertThat(answer.status()).isEqualTo(200);
            var version = Long.parseLong(answer.header("ETag").replaceAll("\\d+-|\"", ""));
            assertThat(version).isGreaterThanOrEqualTo(seen.getOrDefault(instance, 1L));
            seen.put(instance, version);
          }
        }
      }
    }

    running.awaitVersion("REBUILT", sequence + 1);
  }

  @Test
  void a_rebuild_shows_how_far_it_is_and_can_be_cancelled() throws Exception {
    running.publisher().publish(placed("cancelled", 1));
    var generation = generation("order-view");
    try (var _ = running.database().reading("order_view")) {
      assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);
      assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);

      eventually().until(this::isReadToTheEnd);
      var shown = projection("order-view");
      assertThat(shown.get("state").asString()).isEqualTo("REBUILDING");
      assertThat(shown.get("generation").asInt()).isEqualTo(generation);
      var rebuild = shown.get("rebuild");
      assertThat(rebuild.get("generation").asInt()).isGreaterThan(generation);
      assertThat(rebuild.get("position").asLong()).isPositive();
      assertThat(rebuild.get("lag").asLong()).isZero();
      assertThat(rebuild.get("secondsLeft").asLong()).isZero();
      assertThat(rebuild.has("eventsPerSecond")).isTrue();
      assertThat(call("POST", "/order-view/comparison")).isEqualTo(503);

      cancel();
    }

    cancel();
    var shown = projection("order-view");
    assertThat(shown.get("state").asString()).isEqualTo("LIVE");
    assertThat(shown.get("generation").asInt()).isEqualTo(generation);
    assertThat(shown.has("rebuild")).isFalse();
  }

  @Test
  void what_happens_while_a_long_read_keeps_a_generation_from_serving_is_in_it() throws Exception {
    var generation = generation("order-view");
    try (var _ = running.database().reading("order_view")) {
      assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);
      eventually().until(this::isReadToTheEnd);
      for (var number = 0; number < 10; number++) {
        // Some of them are met by attempts that come to nothing.
        running.publisher().publish(placed("awaited", number));
        var order = "/orders/" + orderId("awaited", number).value();
        eventually().until(() -> running.getAs(running.staff(), order).status() == 200);
      }
    }
    awaitRebuilt("order-view", generation);

    for (var number = 0; number < 10; number++) {
      var order = "/orders/" + orderId("awaited", number).value();
      assertThat(running.getAs(running.staff(), order).status()).isEqualTo(200);
    }
  }

  @Test
  void a_long_read_that_keeps_a_generation_from_serving_holds_up_others_ever_more_seldom()
      throws Exception {
    running.publisher().publish(placed("seldom", 1));
    try (var _ = running.database().reading("order_view")) {
      assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);
      eventually().until(() -> running.database().waiting() > 0);

      // Each attempt waits for a second and a half, and who comes meanwhile waits behind it.
      eventually().during(Duration.ofSeconds(2)).until(() -> running.database().waiting() == 0);

      assertThat(projection("order-view").get("state").asString()).isEqualTo("REBUILDING");
      cancel();
    }
  }

  @Test
  void what_a_rebuild_has_not_read_is_no_backlog_of_the_view() throws Exception {
    running.publisher().publish(placed("unread", 1));
    try (var _ = running.database().reading("order_view")) {
      assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);
      eventually().until(this::isReadToTheEnd);

      assertThat(running.measuredReaders())
          .isNotEmpty()
          .noneMatch(name -> name.startsWith("replay"));

      cancel();
    }
  }

  @Test
  void a_view_is_not_replaced_by_one_that_knows_less() throws Exception {
    running.publisher().publish(placed("missing", 1));
    var order = "/orders/" + orderId("missing", 1).value();
    eventually().until(() -> running.getAs(running.staff(), order).status() == 200);
    var generation = generation("order-view");
    // As if the topic had lost an event that was taken in.
    running
        .database()
        .execute("UPDATE query_side.order_view SET order_sequence = 1 WHERE user_id = 'missing'");

    assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .during(Duration.ofSeconds(3))
        .until(this::isReadToTheEnd);
    assertThat(generation("order-view")).isEqualTo(generation);

    cancel();
    running
        .database()
        .execute("UPDATE query_side.order_view SET order_sequence = 0 WHERE user_id = 'missing'");
  }

  @Test
  void what_serves_is_on_the_disk_though_it_was_written_without_waiting_for_that()
      throws Exception {
    var database = running.database();
    database.execute(
        """
        CREATE FUNCTION query_side.must_wait() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_setting('synchronous_commit') <> 'on' THEN
            RAISE 'it does not wait for the disk';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER must_wait BEFORE UPDATE OF serving ON query_side.projection
        FOR EACH ROW EXECUTE FUNCTION query_side.must_wait()\
        """);
    try {
      var generation = generation("order-view");
      // As it is after a batch in the same transaction.
      byDefault("SET synchronous_commit = off");

      assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);

      awaitRebuilt("order-view", generation);
    } finally {
      byDefault("RESET synchronous_commit");
      database.execute("DROP FUNCTION query_side.must_wait CASCADE");
    }
  }

  /** Of all connections that will be taken from the pool. */
  private void byDefault(String setting) {
    var database = running.database();
    database.execute("ALTER ROLE " + database.role() + " " + setting);
    running
        .beans(HikariDataSource.class)
        .forEach(pool -> pool.getHikariPoolMXBean().softEvictConnections());
  }

  @Test
  void an_order_that_ends_as_its_view_is_replaced_is_told_to_who_watches_it() throws Exception {
    running.publisher().publish(placed("watched", 1));
    var order = "/orders/" + orderId("watched", 1).value();
    eventually().until(() -> running.getAs(running.staff(), order).status() == 200);
    var stream = running.open(running.customer("watched"), order + "/events");
    try (var lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      var generation = generation("order-view");
      try (var _ = running.database().reading("order_view")) {
        assertThat(call("POST", "/order-view/rebuild")).isEqualTo(202);
        eventually().until(this::isReadToTheEnd);
        running.publisher().publish(confirmed("watched", 1, at(2)));
      }
      awaitRebuilt("order-view", generation);

      assertThat(lines.lines().filter(line -> line.contains("CONFIRMED")).findFirst()).isPresent();
    }
  }

  @Test
  void what_is_served_is_compared_with_a_replay() throws Exception {
    running.publisher().publish(created("COMPARED", 0));
    running.awaitVersion("COMPARED", 1);
    var generation = generation("product-view");
    // Whatever other tests have left is right again.
    assertThat(call("POST", "/product-view/rebuild")).isEqualTo(202);
    awaitRebuilt("product-view", generation);

    assertThat(compared("product-view"))
        .containsEntry("state", "EQUAL")
        .containsEntry("differing", "0");
    running
        .database()
        .execute("UPDATE query_side.product_view SET sold = 1 WHERE product_id = 'COMPARED'");
    assertThat(compared("product-view"))
        .containsEntry("state", "DIFFERENT")
        .containsEntry("differing", "1")
        .containsEntry("first", "COMPARED: sold is 1 and after a replay 0");
    running
        .database()
        .execute("UPDATE query_side.product_view SET sold = 0 WHERE product_id = 'COMPARED'");
  }

  @Test
  void only_staff_rebuild_and_only_what_there_is() throws Exception {
    var path = PROJECTIONS + "/order-view/rebuild";
    assertThat(running.call("POST", running.customer("ann"), path)).isEqualTo(403);
    assertThat(running.call("DELETE", running.customer("ann"), path)).isEqualTo(403);
    assertThat(running.getAs(running.customer("ann"), PROJECTIONS).status()).isEqualTo(403);
    assertThat(call("POST", "/no-such/rebuild")).isEqualTo(404);
    assertThat(call("POST", "/no-such/comparison")).isEqualTo(404);
  }

  /** As often as it takes: a build that tries to come to its end keeps others waiting. */
  private void cancel() {
    eventually().until(() -> call("DELETE", "/order-view/rebuild") == 202);
  }

  private int call(String method, String path) throws Exception {
    return running.call(method, running.staff(), PROJECTIONS + path);
  }

  private String name(String productId) {
    return running.get("/products/" + productId).json().get("name").asString();
  }

  private Map<String, String> compared(String name) throws Exception {
    assertThat(call("POST", "/" + name + "/comparison")).isEqualTo(202);
    var shown =
        eventually()
            .until(
                () -> projection(name).get("comparison"),
                comparison -> !comparison.get("state").asString().equals("RUNNING"));
    var fields = new HashMap<String, String>();
    shown.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
    return fields;
  }

  private void awaitRebuilt(String name, int before) {
    eventually()
        .untilAsserted(() -> {
          assertThat(generation(name)).isGreaterThan(before);
          assertThat(projection(name).get("state").asString()).isEqualTo("LIVE");
        });
  }

  /** The rebuild of the orders. */
  private boolean isReadToTheEnd() {
    return projection("order-view").path("rebuild").path("percent").asInt() == 100;
  }

  private int generation(String name) {
    return projection(name).get("generation").asInt();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
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
