package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.proto.catalog.v1.CatalogCommandServiceGrpc;
import dev.orderflow.proto.catalog.v1.DeactivateProductRequest;
import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What staff have done is kept, and only that. */
@ExtendWith(SharedCommandSide.class)
class StaffActionsIT {
  private final RunningCommandSide commandSide;
  private final String user = "staff-" + UUID.randomUUID();
  private final String token;

  StaffActionsIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
    this.token = commandSide.token(user, "staff");
  }

  /** Of this test's member of staff, the newest first, as in "POST /products 201". */
  private List<String> actions() {
    return list("")
        .path("actions")
        .valueStream()
        .filter(action -> action.path("userId").asString().equals(user))
        .map(action ->
            "%s %s %d"
                .formatted(
                    action.path("method").asString(),
                    action.path("path").asString(),
                    action.path("status").asInt()))
        .toList();
  }

  private JsonNode list(String query) {
    var answer =
        commandSide.second().send("GET", "/admin/staff-actions?pageSize=100" + query, token, "");
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void what_they_do_over_rest_is_kept_without_query_and_body() {
    var product = commandSide.product(1);

    commandSide
        .first()
        .send("PUT", "/products/" + product + "/price?why=secret", token, "{\"price\": 2}");
    commandSide.first().send("POST", "/products/" + product + "/activate", token, "");
    commandSide
        .first()
        .send("PUT", "/products/" + product + "/price", token, "{\"price\": \"secret\"}");

    assertThat(actions())
        .containsExactly(
            "PUT /products/" + product + "/price 400",
            "POST /products/" + product + "/activate 200",
            "PUT /products/" + product + "/price 200");
    assertThat(list("").toString()).doesNotContain("secret");
    assertThat(list("").path("actions").path(0).path("service").asString())
        .isEqualTo("command-side");
  }

  @Test
  void what_they_do_over_grpc_is_kept_too() {
    var catalog = commandSide.grpc(CatalogCommandServiceGrpc::newBlockingStub, token);
    var known = DeactivateProductRequest.newBuilder().setProductId(commandSide.product(1)).build();
    var unknown = DeactivateProductRequest.newBuilder().setProductId("PROD-none").build();

    catalog.deactivateProduct(known);
    assertThatThrownBy(() -> catalog.deactivateProduct(unknown))
        .isInstanceOf(StatusRuntimeException.class);

    assertThat(actions())
        .containsExactly(
            "gRPC orderflow.catalog.v1.CatalogCommandService/DeactivateProduct 404",
            "gRPC orderflow.catalog.v1.CatalogCommandService/DeactivateProduct 200");
  }

  @Test
  void what_only_reads_and_what_is_no_call_is_not_kept() {
    commandSide.first().send("GET", "/inventory/" + commandSide.product(1), token, "");
    commandSide.first().send("POST", "/no-such-call", token, "");
    var stock = GetStockRequest.newBuilder().setProductId(commandSide.product(1)).build();
    commandSide.grpc(InventoryServiceGrpc::newBlockingStub, token).getStock(stock);

    assertThat(actions()).isEmpty();
  }

  @Test
  void what_others_do_is_not_kept() {
    var customer = "customer-" + UUID.randomUUID();
    var orderId = commandSide.orderId(commandSide.product(1));
    commandSide
        .first()
        .send(
            "POST", "/orders/" + orderId + "/cancel", commandSide.token(customer, "customer"), "");
    commandSide.first().send("POST", "/products", commandSide.token(customer, "customer"), "{}");

    assertThat(
            commandSide.jdbc().sql("SELECT user_id FROM staff_action").query(String.class).list())
        .doesNotContain(customer, "alice", "saga");
  }

  @Test
  void what_is_old_is_forgotten() {
    commandSide.update(
        """
        INSERT INTO staff_action
        VALUES (now() - interval '91 days', gen_random_uuid(), 'of-old', 'POST', '/', 200),
               (now() - interval '89 days', gen_random_uuid(), 'of-late', 'POST', '/', 200)\
        """);

    commandSide
        .first()
        .send("POST", "/products/" + commandSide.product(1) + "/activate", token, "");

    assertThat(
            commandSide.jdbc().sql("SELECT user_id FROM staff_action").query(String.class).list())
        .contains("of-late")
        .doesNotContain("of-old");
  }

  @Test
  void they_are_shown_page_by_page() {
    var product = commandSide.product(1);
    for (var i = 0; i < 3; i++) {
      commandSide.first().send("POST", "/products/" + product + "/activate", token, "");
    }

    var first = page("");
    var second = page("&pageToken=" + first.path("nextPageToken").asString());

    assertThat(first.path("actions")).hasSize(2);
    assertThat(second.path("actions")).hasSize(2);
    var times =
        Stream.of(first, second)
            .flatMap(page -> page.path("actions").valueStream())
            .map(action -> Instant.parse(action.path("at").asString()))
            .toList();
    assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private JsonNode page(String more) {
    return commandSide
        .first()
        .send("GET", "/admin/staff-actions?pageSize=2" + more, token, "")
        .body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pageToken=x", "pageToken=MjAyNg", "pageSize=-1"})
  void a_page_that_cannot_be_is_refused(String query) {
    var answer = commandSide.first().send("GET", "/admin/staff-actions?" + query, token, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("code").asString()).isEqualTo("VALIDATION_FAILED");
  }

  @Test
  void they_are_for_staff() {
    assertThat(
            commandSide
                .first()
                .send("GET", "/admin/staff-actions", commandSide.alice(), "")
                .status())
        .isEqualTo(403);
  }
}
