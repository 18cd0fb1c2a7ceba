package dev.orderflow.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.containers.wait.strategy.Wait;

/** A PostgreSQL server for the tests of this JVM; it stops with it. */
public final class TestPostgres {
  private static final String IMAGE = "postgres:17";
  private static final String USER = "postgres";
  private static final String MAX_CONNECTIONS = "200";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /**
   * A database of its own.
   *
   * @param url for JDBC; the password is in it
   */
  public record Database(String name, String url) {
    /** Its user may do everything. */
    public String user() {
      return USER;
    }

    /** Without a pool: every connection is a new one. */
    public DataSource dataSource() {
      var source = new PGSimpleDataSource();
      source.setUrl(url);
      source.setUser(USER);
      return source;
    }
  }

  /** A new, empty database. */
  public static Database newDatabase() {
    var name = "test_" + DATABASES.incrementAndGet();
    try (var connection = database("postgres").dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database(name);
  }

  private static Database database(String name) {
    return new Database(
        name, "jdbc:postgresql://127.0.0.1:%d/%s?password=%s".formatted(Server.PORT, name, USER));
  }

  private static final class Server {
    static final int PORT =
        switch (TestServers.chosen()) {
          case EMBEDDED -> embedded();
          case DOCKER -> inContainer();
        };

    private static int embedded() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", MAX_CONNECTIONS)
            .setPGStartupWait(Duration.ofMinutes(1))
            .start()
            .getPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @SuppressWarnings("resource") // It stops with the JVM.
    private static int inContainer() {
      var container =
          new ServerContainer(IMAGE, 5432)
              .withEnv("POSTGRES_PASSWORD", USER)
              .withCommand(
                  "postgres", "-c", "max_connections=" + MAX_CONNECTIONS, "-c", "fsync=off")
              // While the first data are made the server listens on its socket only.
              .waitingFor(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1 -U postgres"));
      container.start();
      return container.port();
    }
  }
}
