package dev.orderflow.e2e.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The judge finds what is wrong. */
class ApiDescriptionTest {
  private static final String DESCRIPTION =
      """
      {"paths": {"/things/{id}": {"get": {"responses": {
         "200": {"headers": {"ETag": {"required": true, "schema": {"type": "string", "pattern": "^\\"[0-9]+\\"$"}},
                             "Retry-After": {"schema": {"type": "string"}}},
                 "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
         "304": {},
         "404": {}}}}},
       "components": {"schemas": {"Thing": {"type": "object", "required": ["id"], "properties": {
         "id": {"type": "string"},
         "pieces": {"type": "integer", "minimum": 0},
         "since": {"type": "string", "format": "date-time"}}}}}}
      """;

  private final ApiDescription description =
      new ApiDescription(JsonMapper.shared().readTree(DESCRIPTION));
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void what_is_described_is_allowed() {
    description.assertThatItAllows(
        answer(200, "ETag", "\"1\"", "{'id': 'a', 'pieces': 0, 'since': '2024-07-31T10:00:00Z'}"));
  }

  @Test
  void a_success_that_nobody_has_met_is_named() {
    description.assertThatItAllows(answer(200, "ETag", "\"1\"", "{'id': 'a'}"));

    assertThat(description.successesNotSeen()).containsExactly("get /things/{id} 304");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "202, ETag,     `\"1\"`, {'id': 'a'}",
        "200, X-Other,  1,       {'id': 'a'}",
        "200, ETag,     1,       {'id': 'a'}",
        "200, ETag,     `\"1\"`, {}",
        "200, ETag,     `\"1\"`, []",
        "200, ETag,     `\"1\"`, nonsense",
        "200, ETag,     `\"1\"`, {'id': 1}",
        "200, ETag,     `\"1\"`, `{'id': 'a', 'more': 1}`",
        "200, ETag,     `\"1\"`, `{'id': 'a', 'pieces': -1}`",
        "200, ETag,     `\"1\"`, `{'id': 'a', 'since': 'today'}`",
        "404, Location, /,       ``",
        "404, X-Other,  1,       {'id': 'a'}"
      })
  void what_is_not_described_is_not(int status, String header, String value, String body) {
    var answer = answer(status, header, value, body);

    assertThatThrownBy(() -> description.assertThatItAllows(answer))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void neither_is_another_type_nor_another_call() {
    respond(200, Map.of("ETag", "\"1\"", "Content-Type", "text/plain"), "{\"id\": \"a\"}");
    for (var path : new String[] {"/things/1", "/others/1", "/things"}) {
      var answer = shop().anybody().get(path);
      assertThatThrownBy(() -> description.assertThatItAllows(answer))
          .isInstanceOf(AssertionError.class);
    }
  }

  private Answer answer(int status, String header, String value, String body) {
    var json = body.replace('\'', '"');
    respond(status, Map.of(header, value, "Content-Type", "application/json"), json);
    return shop().anybody().get("/things/1");
  }

  private void respond(int status, Map<String, String> headers, String body) {
    server.createContext(
        "/",
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          var bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private ShopClient shop() {
    return new ShopClient("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
