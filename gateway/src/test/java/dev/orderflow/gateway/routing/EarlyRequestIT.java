package dev.orderflow.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Customers who wait for a gateway that was killed are there as soon as its port is open. */
class EarlyRequestIT {
  private final List<Integer> statuses = new ArrayList<>();

  @Test
  void a_request_that_comes_while_the_gateway_is_still_starting_is_no_bug() {
    ApplicationListener<WebServerInitializedEvent> atOnce =
        event -> {
          if (statuses.isEmpty()) {
            statuses.add(askForProducts(event.getWebServer().getPort()));
          }
        };

    RunningGateway.start(Map.of(), atOnce).close();

    assertThat(statuses).containsExactly(503);
  }

  private static int askForProducts(int port) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/products")).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
