package dev.orderflow.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A PostgreSQL server for the tests of this JVM; it stops with it. */
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /**
   * A database of its own.
   *
   * @param url for JDBC
   */
  public record Database(String name, String url) {
    /** Its user may do everything. */
    public String user() {
      return "postgres";
    }

    /** Without a pool: every connection is a new one. */
    public DataSource dataSource() {
      return Server.INSTANCE.getDatabase(user(), name);
    }
  }

  /** A new, empty database. */
  public static Database newDatabase() {
    var name = "test_" + DATABASES.incrementAndGet();
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Database(name, Server.INSTANCE.getJdbcUrl("postgres", name));
  }

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
