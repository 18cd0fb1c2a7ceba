package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.saga.testing.SagaPlatform;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is still to be done, as staff see it. */
class TasksIT {
  @TempDir private static Path mails;
  private static SagaPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = new SagaPlatform(1, mails, Map.of("orderflow.payment.provider-timeout", "200ms"));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void what_fails_and_is_tried_again_is_listed_with_its_order_page_by_page() throws Exception {
    var started = Instant.now();
    var orders = List.of(platform.place("pm_sim_noAnswer"), platform.place("pm_sim_noAnswer"));
    for (var order : orders) {
      var task =
          await("the charge has failed")
              .atMost(Duration.ofSeconds(60))
              .until(() -> charge(order), found -> found.path("attempts").asInt() > 0);
      assertThat(task.path("id").asString()).isNotEmpty();
      assertThat(Instant.parse(task.path("due").asString())).isAfter(started);
    }
  }

  /** Found one by one, so that there are several pages. */
  private static JsonNode charge(OrderId order) throws Exception {
    var found = new ArrayList<JsonNode>();
    var token = "";
    do {
      var page =
          JsonMapper.shared()
              .readTree(ask("/admin/tasks?pageSize=1&pageToken=" + token, "staff").body());
      page.path("tasks").forEach(found::add);
      token = page.path("nextPageToken").asString("");
    } while (!token.isEmpty());
    return found.stream()
        .filter(task -> task.path("kind").asString().equals("charge"))
        .filter(task -> task.path("orderId").asString().equals(order.value()))
        .findFirst()
        .orElseGet(JsonMapper.shared()::createObjectNode);
  }

  @Test
  void customers_see_no_tasks() throws Exception {
    assertThat(ask("/admin/tasks", "customer").statusCode()).isEqualTo(403);
  }

  @Test
  void a_page_token_that_is_none_is_refused() throws Exception {
    var refused = ask("/admin/tasks?pageToken=nonsense", "staff");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("pageToken");
  }

  private static HttpResponse<String> ask(String path, String scope) throws Exception {
    return platform.ask(0, "GET", path, scope);
  }
}
