package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/**
 * The PostgreSQL server, durable: what it has acknowledged is on the disk.
 *
 * @param maxConnections how many it takes at once
 */
public record Postgres(
    Path directory, int port, int maxConnections, Programs programs, Secrets secrets) {
  /** The superuser's name. */
  public static final String SUPERUSER = "postgres";

  /** Follows the data directory's name where one is made, until it is complete. */
  public static final String UNFINISHED = ".new";

  private static final int LIFE_TIMEOUT_SECONDS = 3;
  private static final String MAINTENANCE_DATABASE = "postgres";

  /** The server as a process. */
  public ProcessSpec spec(LogFile log) {
    var home = programs.postgres();
    var server = home.resolve("bin/postgres");
    var command = new ArrayList<>(RootEscape.prefix());
    command.addAll(
        List.of(
            server.toString(),
            "-D",
            directory.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=" + maxConnections,
            "-c",
            "shared_buffers=64MB",
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on",
            "-c",
            "timezone=UTC",
            "-c",
            "log_timezone=UTC"));
    var cluster = new PostgresCluster(directory, home, secrets);
    return new ProcessSpec(
        "postgres",
        "PostgreSQL",
        "127.0.0.1:" + port,
        command,
        Map.of(),
        directory.resolveSibling("."),
        log,
        Signal.INT,
        Duration.ofSeconds(15),
        ProcessSpec.ALWAYS,
        () -> {
          cluster.endRemains();
          cluster.create(log);
        },
        this::accepts,
        this::answers);
  }

  /** The address of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** A connection of the superuser. */
  Connection connect(String database) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(SUPERUSER);
    source.setPassword(secrets.of(SUPERUSER));
    source.setConnectTimeout(1);
    source.setSocketTimeout(10);
    return source.getConnection();
  }

  /** A connection of the superuser to the database that every server has. */
  Connection connect() throws SQLException {
    return connect(MAINTENANCE_DATABASE);
  }

  /** Also a server that refuses, since it recovers or is full, is one that works. */
  private boolean answers() {
    try (var connection = connect()) {
      return connection.isValid(LIFE_TIMEOUT_SECONDS);
    } catch (PSQLException failure) {
      return failure.getServerErrorMessage() != null;
    } catch (SQLException failure) {
      return false;
    }
  }

  private boolean accepts() {
    try (var connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }
}
