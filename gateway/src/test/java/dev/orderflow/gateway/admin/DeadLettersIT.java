package dev.orderflow.gateway.admin;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static dev.orderflow.gateway.testing.SharedServices.QUERY_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.SAGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All dead letters, whichever service has them, are on one path. */
class DeadLettersIT {
  private static final String PATH = "/admin/dead-letters";

  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void heal() {
    SharedServices.reset();
    answers(SAGA, 200, "{\"deadLetters\":[{\"id\":\"saga-1\"}],\"nextPageToken\":\"s+1\"}");
    answers(QUERY_SIDE, 200, "{\"deadLetters\":[{\"id\":\"query-side-1\"}]}");
  }

  @Test
  void those_of_the_views_come_after_those_of_the_saga() {
    var first = get(PATH + "?pageSize=1&cause=a%2Bb&other=x");

    assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(ids(first)).containsExactly("saga-1");
    assertThat(SAGA.last().uri()).contains("cause=a%2Bb", "pageSize=1").doesNotContain("other");
    assertThat(SAGA.last().header("Authorization")).startsWith("Bearer ");
    assertThat(QUERY_SIDE.received()).isEmpty();

    answers(SAGA, 200, "{\"deadLetters\":[{\"id\":\"saga-2\"}]}");
    var second = get(PATH + "?pageSize=1&cause=a%2Bb&pageToken=" + token(first));
    assertThat(SAGA.last().uri()).contains("pageToken=s%2B1");
    assertThat(ids(second)).containsExactly("saga-2");
    var third = get(PATH + "?pageSize=1&cause=a%2Bb&pageToken=" + token(second));
    assertThat(ids(third)).containsExactly("query-side-1");
    assertThat(RunningGateway.json(third).has("nextPageToken")).isFalse();
    assertThat(RunningGateway.json(third).has("missing")).isFalse();
  }

  @Test
  void a_page_that_one_service_does_not_fill_goes_on_with_the_next() {
    answers(SAGA, 200, "{\"deadLetters\":[{\"id\":\"saga-1\"}]}");

    assertThat(ids(get(PATH + "?pageSize=5"))).containsExactly("saga-1", "query-side-1");
    assertThat(QUERY_SIDE.last().uri()).contains("pageSize=4");
  }

  @Test
  void a_service_that_is_away_is_named_and_the_others_answer() {
    SAGA.die();

    var answer = get(PATH);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ids(answer)).containsExactly("query-side-1");
    assertThat(RunningGateway.json(answer).path("missing").toString()).isEqualTo("[\"saga\"]");
  }

  @Test
  void a_service_that_cannot_answer_hides_no_letters_of_others() {
    answers(SAGA, 503, "{\"code\":\"UNAVAILABLE\"}");
    answers(QUERY_SIDE, 200, "{\"deadLetters\":[{\"id\":\"query-side-1\"}]}");

    var answer = get(PATH);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ids(answer)).containsExactly("query-side-1");
    assertThat(RunningGateway.json(answer).path("missing").toString()).isEqualTo("[\"saga\"]");
  }

  @Test
  void what_a_service_refuses_is_refused() {
    answers(SAGA, 400, "{\"code\":\"VALIDATION_FAILED\"}");

    var answer = get(PATH + "?state=LOST");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningGateway.json(answer).path("code").asString()).isEqualTo("VALIDATION_FAILED");
    assertProblem(get(PATH + "?pageToken=x"), 400, "VALIDATION_FAILED");
    assertProblem(get(PATH + "?pageSize=-1"), 400, "VALIDATION_FAILED");
  }

  @Test
  void those_of_a_cause_are_sent_on_in_all_services() {
    answers(SAGA, 202, "{\"letters\":2}");
    answers(QUERY_SIDE, 202, "{\"letters\":1}");

    var answer = retry("{\"cause\":\"a bug\"}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"letters\":3}");
    assertThat(List.of(SAGA.last(), QUERY_SIDE.last()))
        .allSatisfy(asked -> {
          assertThat(asked.method()).isEqualTo("POST");
          assertThat(asked.uri()).isEqualTo(PATH + "/retry");
          assertThat(asked.body()).isEqualTo("{\"cause\":\"a bug\"}");
        });
    QUERY_SIDE.die();
    assertThat(retry("{\"cause\":\"a bug\"}").body())
        .isEqualTo("{\"letters\":2,\"missing\":[\"query-side\"]}");
  }

  private HttpResponse<String> get(String path) {
    return GATEWAY.send(GATEWAY.requestAs("staff", "GET", path));
  }

  private HttpResponse<String> retry(String selection) {
    return GATEWAY.send(
        GATEWAY
            .requestAs("staff", "POST", PATH + "/retry")
            .POST(BodyPublishers.ofString(selection))
            .setHeader("Content-Type", "application/json"));
  }

  private static List<String> ids(HttpResponse<String> answer) {
    return RunningGateway.json(answer)
        .path("deadLetters")
        .valueStream()
        .map(letter -> letter.path("id").asString())
        .toList();
  }

  private static String token(HttpResponse<String> answer) {
    JsonNode token = RunningGateway.json(answer).path("nextPageToken");
    return token.asString();
  }

  private static void answers(FakeService service, int status, String json) {
    service.answering(exchange -> {
      exchange
          .getResponseHeaders()
          .set("Content-Type", status < 300 ? "application/json" : "application/problem+json");
      FakeService.answer(exchange, status, json);
    });
  }
}
