package dev.orderflow.gateway.identity;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssuerAwayIT {
  @Test
  void without_its_issuer_the_gateway_serves_who_has_no_token_and_with_it_everybody() {
    try (var service = new FakeService("service");
        var issuer = new FakeService("issuer")) {
      issuer.die();
      try (var gateway =
          RunningGateway.start(
              Map.of(
                  "orderflow.instances.query-side",
                  service.url(),
                  "orderflow.identity.issuer-uri",
                  issuer.url(),
                  "orderflow.identity.issuer",
                  "",
                  "orderflow.identity.public-key",
                  "",
                  "orderflow.gateway.issuer.signing-key",
                  "",
                  "orderflow.gateway.issuer.clients",
                  ""))) {
        assertThat(gateway.send(gateway.request("GET", "/products")).statusCode()).isEqualTo(200);
        assertProblem(gateway.send(gateway.request("GET", "/orders")), 401, "UNAUTHENTICATED");
        var refused = gateway.send(ordersWithTokenOf(issuer, gateway));
        assertProblem(refused, 503, "UNAVAILABLE");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");

        issuer.answering(exchange -> tellKeys(exchange, issuer, gateway));
        issuer.restart();

        assertThat(gateway.send(ordersWithTokenOf(issuer, gateway)).statusCode()).isEqualTo(200);
        assertProblem(
            gateway.send(gateway.requestAs("customer", "GET", "/orders")), 401, "UNAUTHENTICATED");
      }
    }
  }

  private static HttpRequest.Builder ordersWithTokenOf(FakeService issuer, RunningGateway gateway) {
    return gateway
        .request("GET", "/orders")
        .header(
            "Authorization",
            "Bearer "
                + SigningKeys.TRUSTED.token(
                    issuer.url(), "alice", "customer", Duration.ofHours(1)));
  }

  private static void tellKeys(HttpExchange exchange, FakeService issuer, RunningGateway gateway)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    switch (exchange.getRequestURI().getPath()) {
      case "/.well-known/openid-configuration" ->
          FakeService.answer(
              exchange,
              200,
              "{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(issuer.url()));
      case "/keys" -> FakeService.answer(exchange, 200, SigningKeys.TRUSTED.jwks());
      default -> FakeService.answer(exchange, 404, "");
    }
  }
}
