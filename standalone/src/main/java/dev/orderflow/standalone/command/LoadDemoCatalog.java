package dev.orderflow.standalone.command;

import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.demo.DemoCatalog;
import dev.orderflow.standalone.demo.DemoProduct;
import dev.orderflow.standalone.platform.Console;
import dev.orderflow.standalone.process.Poll;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orderflow demo-catalog}: for a platform that {@code up} has not started. */
@Command(
    name = "demo-catalog",
    description =
        "Brings the demo catalog into a platform that runs elsewhere, in containers for example."
            + " What is there already stays as it is.",
    mixinStandardHelpOptions = true)
public final class LoadDemoCatalog implements Callable<Integer> {
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int OK = 200;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the platform is; by default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private URI gateway;

  @Option(
      names = "--token-uri",
      paramLabel = "URL",
      description =
          "Where tokens come from, by client credentials (admin, admin); by default the gateway's"
              + " /oauth2/token.")
  private @Nullable URI tokenUri;

  @Override
  public Integer call() {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var poll = new Poll()) {
      var door =
          tokenUri == null
              ? new GatewayClient(gateway.toString(), http)
              : new GatewayClient(gateway.toString(), tokenUri, http);
      var token = new AtomicReference<String>();
      poll.until(
              RETRY,
              LIMIT,
              () -> {
                var answer = door.token("admin", "admin");
                token.set(answer.body().path("access_token").asString(""));
                return answer.status() == OK;
              })
          .join();
      var products = DemoProduct.all();
      new DemoCatalog(door, poll).load(products, token.get()).join();
      Console.of(command.commandLine())
          .say("The demo catalog is there: %d products".formatted(products.size()));
      return 0;
    }
  }
}
