package dev.orderflow.platform.testing;

import java.util.Locale;
import org.testcontainers.DockerClientFactory;

/**
 * Where the servers of integration tests run: {@code
 * -Dorderflow.test.infrastructure=embedded|docker|auto}. With {@code auto} it is Docker wherever an
 * engine answers.
 */
public enum TestServers {
  /** As processes of the test's JVM: needs nothing. */
  EMBEDDED,
  /** In containers, of the images that docker-compose.yml uses. */
  DOCKER;

  private static final String PROPERTY = "orderflow.test.infrastructure";
  private static final TestServers CHOSEN = choose();

  /** What this JVM's tests run on. */
  public static TestServers chosen() {
    return CHOSEN;
  }

  private static TestServers choose() {
    var wish = System.getProperty(PROPERTY, "embedded");
    var chosen =
        switch (wish) {
          case "embedded" -> EMBEDDED;
          case "docker" -> DOCKER;
          case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? DOCKER : EMBEDDED;
          default ->
              throw new IllegalArgumentException(
                  "-D%s=%s: say embedded, docker or auto".formatted(PROPERTY, wish));
        };
    System.out.println("infrastructure: " + chosen.name().toLowerCase(Locale.ROOT));
    return chosen;
  }
}
