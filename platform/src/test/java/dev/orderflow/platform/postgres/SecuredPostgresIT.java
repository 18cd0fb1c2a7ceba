package dev.orderflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.testing.TlsFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static Connection connect(EmbeddedPostgres server, String parameters)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/postgres%s".formatted(server.getPort(), parameters),
        "postgres",
        "");
  }
}
