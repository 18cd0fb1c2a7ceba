package dev.orderflow.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayClientTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;
  private String url;

  @BeforeEach
  void issue_a_token_in_two_places() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    issue("/oauth2/token", "the gateway's");
    issue("/realms/shop/token", "the identity provider's");
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void issue(String path, String token) {
    server.createContext(
        path,
        exchange -> {
          var body = "{\"access_token\": \"%s\"}".formatted(token).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterEach
  void close() {
    server.stop(0);
    http.close();
  }

  @Test
  void tokens_come_from_the_gateway() throws Exception {
    assertThat(token(new GatewayClient(url, http))).isEqualTo("the gateway's");
  }

  @Test
  void tokens_come_from_an_identity_provider_that_is_named() throws Exception {
    var tokenUri = URI.create(url + "/realms/shop/token");

    assertThat(token(new GatewayClient(url, tokenUri, http))).isEqualTo("the identity provider's");
  }

  private static String token(GatewayClient gateway) throws IOException, InterruptedException {
    return gateway.token("admin", "admin").body().path("access_token").asString("");
  }
}
