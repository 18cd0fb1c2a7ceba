package dev.orderflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.testing.TlsFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** TLS with PostgreSQL is a matter of the address. */
class SecuredPostgresIT {
  @Test
  void the_address_asks_for_tls_and_for_the_right_certificate(@TempDir Path directory)
      throws Exception {
    var files = TlsFiles.in(directory);
    try (var server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", files.certificate().toString())
            .setServerConfig("ssl_key_file", files.key().toString())
            .start()) {
      var secured = "?sslmode=verify-full&sslrootcert=" + files.certificate();

      try (var connection = connect(server, secured);
          var statement = connection.createStatement();
          var answer =
              statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getBoolean(1)).isTrue();
      }
      var other = TlsFiles.in(directory.resolve("other"));
      assertThatThrownBy(
              () -> connect(server, "?sslmode=verify-full&sslrootcert=" + other.certificate()))
          .isInstanceOf(SQLException.class);
    }
  }

  /** The one connection that no pool makes. */
  @Test
  void listening_goes_by_the_same_address_with_the_password(@TempDir Path directory)
      throws Exception {
    var files = TlsFiles.in(directory);
    try (var server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", files.certificate().toString())
            .setServerConfig("ssl_key_file", files.key().toString())
            .start()) {
      try (var admin = connect(server, "");
          var statement = admin.createStatement()) {
        statement.execute("CREATE ROLE listener LOGIN PASSWORD 'right'");
        lets_in_over_tls_with_a_password_only(statement);
      }
      var began = new CountDownLatch(1);
      var listening =
          new ReconnectingConnection(
              new Secured(server.getPort(), files.certificate()),
              "listener",
              new Notifications("channel", began::countDown, _ -> {}));
      listening.start();
      try {
        assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        listening.stop();
      }
    }
  }

  private static void lets_in_over_tls_with_a_password_only(Statement statement)
      throws SQLException, IOException {
    try (var file = statement.executeQuery("SHOW hba_file")) {
      file.next();
      var rules = Path.of(file.getString(1));
      Files.writeString(
          rules,
          "hostssl all listener all scram-sha-256\nhost all listener all reject\n"
              + Files.readString(rules));
    }
    statement.execute("SELECT pg_reload_conf()");
  }

  private record Secured(int port, Path certificate) implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
      return "listener";
    }

    @Override
    public String getPassword() {
      return "right";
    }

    @Override
    public String getJdbcUrl() {
      return "jdbc:postgresql://localhost:%d/postgres?sslmode=verify-full&sslrootcert=%s"
          .formatted(port, certificate);
    }
  }

  private static Connection connect(EmbeddedPostgres server, String parameters)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/postgres%s".formatted(server.getPort(), parameters),
        "postgres",
        "");
  }
}
