package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.standalone.FakeProject;
import dev.orderflow.standalone.identity.Identity;
import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.process.LogFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessesTest {
  private final ServiceInstance gateway = new ServiceInstance(Services.GATEWAY, 1, 8080, 0);
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path directory;
  private Path target;
  private ServiceEnvironment environment;

  @BeforeEach
  void build() throws IOException {
    directory = directory.toRealPath();
    target = FakeProject.in(directory).resolve("gateway/target");
    var secrets = Secrets.in(directory.resolve("secrets.json"));
    environment =
        new ServiceEnvironment(
            new Endpoints(20001, 20002, 20003, 20004, gateway, List.of()),
            Identity.in(directory.resolve("identity"), secrets, Services.WITH_DATA),
            secrets,
            directory.resolve("mails"),
            directory.resolve("stopped"),
            false);
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void a_service_is_prepared_once_per_build_and_runs_from_where_it_was_built() throws IOException {
    assertThat(launcher().prepare(Services.GATEWAY)).isTrue();
    var archive = archive();
    assertThat(launcher().prepare(Services.GATEWAY)).isFalse();

    Files.writeString(target.resolve("lib/platform-1.0.jar"), "another build");
    var launcher = launcher();
    assertThat(launcher.prepare(Services.GATEWAY)).isTrue();

    assertThat(archive()).isNotEqualTo(archive);
    assertThat(launcher.spec(gateway, new LogFile(directory.resolve("gateway.log"))).command())
        .contains("-XX:AOTCache=" + archive())
        .endsWith("-jar", target.resolve("gateway-1.0.jar").toString());
  }

  /** The only one there is. */
  private Path archive() throws IOException {
    try (var files = Files.list(directory.resolve("cache"))) {
      var archives =
          files.filter(file -> file.getFileName().toString().matches("gateway-\\w+-\\w+"));
      return assertThat(archives).singleElement().actual();
    }
  }

  private ServiceProcesses launcher() {
    var cache = new BinaryCache(directory.resolve("cache"));
    return new ServiceProcesses(directory, directory, cache, environment, http);
  }
}
