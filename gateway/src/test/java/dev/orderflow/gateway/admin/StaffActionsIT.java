package dev.orderflow.gateway.admin;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static dev.orderflow.gateway.testing.SharedServices.COMMAND_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.QUERY_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.SAGA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway shows staff what staff have done in all services, as one list. */
class StaffActionsIT {
  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void heal() {
    SharedServices.reset();
    has(COMMAND_SIDE, 9, 7, 5, 4, 1);
    has(QUERY_SIDE, 8, 2);
    has(SAGA, 6, 3);
  }

  @Test
  void all_are_listed_once_the_newest_first_page_by_page() {
    var seconds = new ArrayList<Integer>();
    var token = "";
    do {
      var page = RunningGateway.json(staff("?pageSize=2&pageToken=" + token));
      page.path("actions")
          .forEach(action -> seconds.add(Integer.parseInt(action.path("path").asString())));
      token = page.path("nextPageToken").asString("");
    } while (!token.isEmpty());

    assertThat(seconds).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_service_that_is_away_is_named() {
    SAGA.die();

    var page = RunningGateway.json(staff(""));

    assertThat(page.path("actions")).hasSize(7);
    assertThat(page.path("missing").toString()).isEqualTo("[\"saga\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?pageToken=x", "?pageSize=-1"})
  void a_page_that_cannot_be_is_refused(String query) {
    assertProblem(
        GATEWAY.send(GATEWAY.requestAs("staff", "GET", "/admin/staff-actions" + query)),
        400,
        "VALIDATION_FAILED");
    assertThat(SAGA.received()).isEmpty();
  }

  @Test
  void no_answer_is_kept() {
    assertThat(staff("").headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  private HttpResponse<String> staff(String query) {
    var answer = GATEWAY.send(GATEWAY.requestAs("staff", "GET", "/admin/staff-actions" + query));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /** Answers as a service does that has actions of these seconds. */
  private static void has(FakeService service, Integer... seconds) {
    service.answering(exchange -> {
      var query = new TreeMap<String, String>();
      for (var part : exchange.getRequestURI().getQuery().split("&", -1)) {
        query.put(part.split("=", 2)[0], part.split("=", 2)[1]);
      }
      var before = place(query.get("pageToken"));
      var left = Set.of(seconds).stream().filter(second -> second < before).toList();
      var newest = List.copyOf(new TreeSet<>(left).descendingSet());
      var size = Math.min(Integer.parseInt(query.get("pageSize")), newest.size());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      FakeService.answer(
          exchange,
          200,
          "{\"actions\": [%s]%s}"
              .formatted(
                  String.join(
                      ",", newest.stream().limit(size).map(StaffActionsIT::action).toList()),
                  size < newest.size() ? ", \"nextPageToken\": \"more\"" : ""));
    });
  }

  private static int place(String token) {
    if (token.isEmpty()) {
      return 60;
    }
    var at = new String(Base64.getUrlDecoder().decode(token), UTF_8).split(" ", 2)[0];
    return Instant.parse(at).atOffset(ZoneOffset.UTC).getSecond();
  }

  private static String action(int second) {
    return """
    {"id": "00000000-0000-0000-0000-000000000001", "at": "2026-01-01T00:00:0%1$dZ",
     "userId": "admin", "service": "any", "method": "POST", "path": "%1$d", "status": 200}\
    """
        .formatted(second);
  }
}
