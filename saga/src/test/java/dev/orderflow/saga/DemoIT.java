package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances in the demo mode, whose provider behaves as staff tell one of them. */
class DemoIT {
  private static final String PROVIDER = "/admin/demo/provider";

  @TempDir private static Path mails;
  private static SagaPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform =
        new SagaPlatform(
            2,
            mails,
            Map.of("orderflow.demo.enabled", true, "orderflow.saga.first-pause", "200ms"));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void a_provider_that_declines_does_so_on_all_instances_until_it_is_normal_again()
      throws Exception {
    assertThat(direct(0, "{\"mode\": \"DECLINING\"}").statusCode()).isEqualTo(204);
    assertThat(platform.ask(1, "GET", PROVIDER, "staff").body())
        .isEqualTo("{\"mode\":\"DECLINING\"}");
    awaitAll(OrderStatus.ORDER_STATUS_CANCELLED);

    assertThat(direct(1, "{\"mode\": \"NORMAL\"}").statusCode()).isEqualTo(204);
    awaitAll(OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  @Test
  void payments_of_a_silent_provider_wait_and_are_made_when_it_answers_again() throws Exception {
    direct(0, "{\"mode\": \"SILENT\"}");
    var order = platform.place("pm_card_visa");
    await().atMost(Duration.ofSeconds(20)).until(() -> platform.tasks(order) > 0);
    assertThat(platform.charges(order)).isEmpty();

    direct(0, "{\"mode\": \"NORMAL\"}");
    awaitStatus(order, OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"mode\": \"ANGRY\"}", "{\"mode\": null}", "{}", ""})
  void a_mode_that_there_is_not_is_refused(String body) throws Exception {
    var answer = direct(0, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("VALIDATION_FAILED");
  }

  @Test
  void it_is_described() throws Exception {
    var description = platform.ask(0, "GET", "/v3/api-docs", null);

    assertThat(description.statusCode()).as(description.body()).isEqualTo(200);
    assertThat(description.body()).contains("directProvider").doesNotContain("/admin/demo/halt");
  }

  @Test
  void what_the_gateway_did_for_staff_goes_on_record() throws Exception {
    var start = "/admin/demo/instances/saga/1/start";
    assertThat(platform.ask(0, "POST", start, "staff").statusCode()).isEqualTo(202);
    assertThat(platform.ask(0, "DELETE", "/admin/demo/sale", "staff").statusCode()).isEqualTo(202);
    assertThat(platform.ask(0, "POST", start, "customer").statusCode()).isEqualTo(403);

    assertThat(platform.ask(1, "GET", "/admin/staff-actions", "staff").body())
        .contains(start, "\"method\":\"DELETE\",\"path\":\"/admin/demo/sale\"");
  }

  @Test
  void only_staff_may_tell_it() throws Exception {
    assertThat(platform.ask(0, "PUT", PROVIDER, "customer").statusCode()).isEqualTo(403);
    assertThat(platform.ask(0, "PUT", PROVIDER, null).statusCode()).isEqualTo(401);
  }

  private static void awaitAll(OrderStatus status) {
    // Enough for the partitions of both instances.
    IntStream.range(0, 20)
        .mapToObj(_ -> platform.place("pm_card_visa"))
        .toList()
        .forEach(order -> awaitStatus(order, status));
  }

  private static void awaitStatus(OrderId order, OrderStatus status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> platform.commandSide().order(order) == status);
  }

  private static HttpResponse<String> direct(int instance, String body) throws Exception {
    return platform.ask(instance, "PUT", PROVIDER, "staff", body);
  }
}
