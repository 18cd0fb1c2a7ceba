package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.StartFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.core.Utils;

/**
 * The platform's database with one role and one schema of the same name for every service that has
 * data.
 */
public record PostgresDatabases(Postgres postgres) {
  /** The one database. */
  public static final String DATABASE = "orderflow";

  private static final String DUPLICATE_DATABASE = "42P04";

  /** The secret's name of a role's password. */
  public static String secretOf(String role) {
    return "database." + role;
  }

  /** Creates what is not there and sets the passwords; to be called at every start. */
  public void provision(List<String> roles) {
    try {
      createDatabase();
      try (var connection = postgres.connect(DATABASE)) {
        execute(connection, "REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
        for (var role : roles) {
          provision(connection, role);
        }
      }
    } catch (SQLException failure) {
      throw new StartFailedException(
          "The database could not be prepared: " + failure.getMessage(), failure);
    }
  }

  private void createDatabase() throws SQLException {
    try (var connection = postgres.connect()) {
      execute(connection, "CREATE DATABASE " + DATABASE);
    } catch (SQLException failure) {
      if (!DUPLICATE_DATABASE.equals(failure.getSQLState())) {
        throw failure;
      }
    }
  }

  private void provision(Connection connection, String role) throws SQLException {
    var password = Utils.escapeLiteral(null, postgres.secrets().of(secretOf(role)), true);
    connection.setAutoCommit(false);
    execute(
        connection,
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
            CREATE ROLE %1$s LOGIN;
          END IF;
        END $$
        """
            .formatted(role));
    execute(connection, "ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
    execute(
        connection,
        "ALTER ROLE %1$s IN DATABASE %2$s SET search_path = %1$s".formatted(role, DATABASE));
    execute(connection, "GRANT CONNECT ON DATABASE %s TO %s".formatted(DATABASE, role));
    execute(connection, "CREATE SCHEMA IF NOT EXISTS %1$s AUTHORIZATION %1$s".formatted(role));
    connection.commit();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
