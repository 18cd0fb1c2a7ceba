package dev.orderflow.gateway.identity;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoIssuerIT {
  @Test
  void where_others_issue_the_tokens_the_gateway_takes_them_and_issues_none() {
    try (var service = new FakeService("service");
        var gateway =
            RunningGateway.start(
                Map.of(
                    "orderflow.instances.command-side", service.url(),
                    "orderflow.gateway.issuer.signing-key", "",
                    "orderflow.gateway.issuer.clients", ""))) {
      var placed = gateway.send(gateway.requestAs("customer", "POST", "/orders"));

      assertThat(placed.statusCode()).isEqualTo(200);
      assertProblem(gateway.send(gateway.request("POST", "/oauth2/token")), 404, "NOT_FOUND");
      assertProblem(gateway.send(gateway.request("GET", "/oauth2/jwks")), 404, "NOT_FOUND");
      assertProblem(gateway.send(gateway.request("GET", "/oauth2/authorize")), 404, "NOT_FOUND");
      assertProblem(gateway.send(gateway.request("GET", "/sign-in")), 404, "NOT_FOUND");
      assertThat(gateway.send(gateway.request("GET", "/session")).body())
          .isEqualTo("{\"signedIn\":false}");
    }
  }
}
