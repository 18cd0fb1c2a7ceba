package dev.orderflow.gateway.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Keycloak's own distribution with the realm of {@code deploy/keycloak}, in its development mode.
 */
public final class RunningKeycloak implements AutoCloseable {
  private static final Path REALM = Path.of("../deploy/keycloak/realm.json");

  private final Process process;
  private final String issuer;

  /**
   * Starts it.
   *
   * @param home the unpacked distribution
   * @param port where it listens
   * @param gatewayPort of the gateway that its browsers come from
   * @param tokenLifetime of its access tokens
   */
  public RunningKeycloak(Path home, int port, int gatewayPort, Duration tokenLifetime)
      throws IOException {
    issuer = "http://127.0.0.1:" + port + "/realms/orderflow";
    var realm =
        Files.readString(REALM)
            .replaceFirst(
                "\"enabled\": true,",
                "\"enabled\": true, \"accessTokenLifespan\": " + tokenLifetime.toSeconds() + ",");
    // A realm that is there already is not imported.
    FileSystemUtils.deleteRecursively(home.resolve("data"));
    Files.createDirectories(home.resolve("data/import"));
    Files.writeString(home.resolve("data/import/realm.json"), realm);
    home.resolve("bin/kc.sh").toFile().setExecutable(true);
    var start =
        new ProcessBuilder(
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port);
    start.environment().put("JAVA_HOME", System.getProperty("java.home"));
    start.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx384m");
    start.environment().put("GATEWAY_PORT", Integer.toString(gatewayPort));
    for (var service : new String[] {"COMMAND_SIDE", "QUERY_SIDE", "SAGA"}) {
      start.environment().put(service + "_SECRET", "the-secret-of-" + service);
    }
    process =
        start
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("keycloak.log").toFile())
            .start();
    await().atMost(Duration.ofMinutes(4)).until(this::answers);
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("Keycloak has ended with " + process.exitValue());
    }
    var question =
        HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** As its tokens name it. */
  public String issuer() {
    return issuer;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
