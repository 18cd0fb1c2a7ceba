package dev.orderflow.standalone;

import dev.orderflow.standalone.frontdoor.FrontDoor;
import dev.orderflow.standalone.operation.Staff;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;

/** What an operator's command needs: a platform, and somebody of the staff at its door. */
final class Operation implements AutoCloseable {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

  private final PlatformAtHand platform;
  private final HttpClient http;
  private final Staff staff;

  private Operation(PlatformAtHand platform) {
    this.platform = platform;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    staff = new Staff(new FrontDoor(platform.gatewayUrl(), http));
  }

  /** On the platform of a data directory, which is started if need be. */
  static Operation on(Path directory, Console console) throws IOException, InterruptedException {
    return new Operation(PlatformAtHand.on(directory, console));
  }

  Staff staff() {
    return staff;
  }

  String jdbcUrl() {
    return platform.jdbcUrl();
  }

  @Override
  public void close() {
    http.shutdownNow();
    platform.close();
  }
}
