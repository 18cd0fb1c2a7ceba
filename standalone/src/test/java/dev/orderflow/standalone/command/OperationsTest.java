package dev.orderflow.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.standalone.client.AdminClient;
import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators are told, by a gateway that answers what each test has it answer. */
class OperationsTest {
  private static final String PROJECTIONS = "GET /admin/projections";
  private static final String LIVE = view("\"generation\":1,\"lag\":0");

  private record Reply(int status, String body) {}

  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter out = new StringWriter();
  private HttpServer gateway;
  private Projections projections;

  @BeforeEach
  void open() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    gateway.createContext("/", this::reply);
    gateway.start();
    projections = projections(Duration.ofMinutes(1));
    answers("POST /oauth2/token", 200, "{\"access_token\":\"t\"}");
    answers("POST /admin/projections/product-view/rebuild", 202, "");
    answers("POST /admin/projections/product-view/comparison", 202, "");
    answers("POST /admin/publication/republish", 202, "");
  }

  private Projections projections(Duration patience) {
    var url = "http://127.0.0.1:" + gateway.getAddress().getPort();
    var door = new AdminClient(new GatewayClient(url, http), Duration.ZERO, patience);
    return new Projections(door, Progress.inLines(new PrintWriter(out), Duration.ZERO));
  }

  @AfterEach
  void close() {
    gateway.stop(0);
    http.close();
  }

  @Test
  void a_rebuild_is_watched_until_the_new_generation_serves() throws Exception {
    answers(PROJECTIONS, 200, LIVE);
    answers(
        PROJECTIONS,
        200,
        view(
            "\"generation\":1,\"rebuild\":{\"generation\":2,\"percent\":40,"
                + "\"eventsPerSecond\":900,\"secondsLeft\":7}"));
    answers(PROJECTIONS, 200, view("\"generation\":2"));

    assertThat(projections.rebuild("product-view")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "product-view [############..................]  40 %  900 events/s  7 s left",
            "product-view is rebuilt: generation 2 serves.");
  }

  @Test
  void a_rebuild_that_is_cancelled_meanwhile_has_failed() throws Exception {
    answers(PROJECTIONS, 200, LIVE);

    assertThat(projections.rebuild("product-view")).isEqualTo(1);

    assertThat(out.toString()).contains("was cancelled");
  }

  @Test
  void an_unknown_projection_is_answered_with_those_there_are() {
    answers(PROJECTIONS, 200, LIVE);

    assertThatThrownBy(() -> projections.rebuild("stock-view"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("There is no projection stock-view; there are product-view.");
    assertThat(calls).doesNotContain("POST /admin/projections/product-view/rebuild");
  }

  @Test
  void who_is_away_for_the_moment_is_waited_for_and_a_void_token_is_renewed() throws Exception {
    answers(PROJECTIONS, 503, "");
    answers(PROJECTIONS, 401, "");
    answers(PROJECTIONS, 200, view("\"generation\":1,\"lag\":0"));

    projections.awaitCurrent();

    assertThat(calls.stream().filter("POST /oauth2/token"::equals)).hasSize(3);
  }

  @Test
  void nobody_is_waited_for_without_an_end() {
    var impatient = projections(Duration.ofMillis(100));
    gateway.stop(0);

    assertThatThrownBy(impatient::awaitCurrent)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("has not answered");
  }

  @Test
  void a_republication_ends_when_the_projections_have_read_everything() throws Exception {
    answers(
        "GET /admin/publication",
        200,
        "{\"publication\":{\"state\":\"REPUBLISHING\",\"percent\":50,\"eventsPerSecond\":10}}");
    answers("GET /admin/publication", 200, "{\"publication\":{\"state\":\"LIVE\"}}");
    answers(PROJECTIONS, 200, view("\"lag\":12"));
    answers(PROJECTIONS, 200, view("\"lag\":0"));

    assertThat(projections.republish()).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "publication [###############...............]  50 %  10 events/s",
            "Every event is published.",
            "The projections have 12 events to read",
            "The projections have read every event.");
  }

  @Test
  void an_audit_holds_when_the_store_and_every_projection_do() throws Exception {
    answers(PROJECTIONS, 200, LIVE);
    answers(PROJECTIONS, 200, compared("\"state\":\"RUNNING\",\"percent\":10"));
    answers(PROJECTIONS, 200, compared("\"state\":\"EQUAL\",\"rows\":30"));

    assertThat(Audit.exitCode(0, projections)).isZero();

    assertThat(out.toString()).contains("product-view equals a replay: 30 rows.");
  }

  @Test
  void an_audit_names_the_first_row_that_differs() throws Exception {
    answers(
        PROJECTIONS,
        200,
        compared(
            "\"state\":\"DIFFERENT\",\"rows\":30,\"differing\":2,\"first\":\"PROD-1: price\""));

    assertThat(Audit.exitCode(0, projections)).isEqualTo(1);

    assertThat(out.toString())
        .contains("product-view differs from a replay in 2 of 30 rows. The first: PROD-1: price");
  }

  @Test
  void what_is_known_to_be_broken_weighs_more_than_what_was_not_done() throws Exception {
    answers(PROJECTIONS, 200, compared("\"state\":\"CANCELLED\""));

    assertThat(Audit.exitCode(0, projections)).isEqualTo(2);
    assertThat(Audit.exitCode(1, projections)).isEqualTo(1);
    assertThat(Audit.exitCode(137, projections)).isEqualTo(2);
  }

  private static String view(String fields) {
    return "{\"projections\":[{\"name\":\"product-view\"," + fields + "}]}";
  }

  private static String compared(String fields) {
    return view("\"generation\":1,\"comparison\":{\"generation\":2," + fields + "}");
  }

  /** The last answer to a call is given again and again. */
  private void answers(String call, int status, String body) {
    replies.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(new Reply(status, body));
  }

  private void reply(HttpExchange exchange) throws IOException {
    var call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    calls.add(call);
    var left = replies.get(call);
    var reply = left.size() > 1 ? left.remove() : left.element();
    var body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
