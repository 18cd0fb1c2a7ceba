package dev.orderflow.queryside.testing;

import dev.orderflow.platform.testing.TestPostgres;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A new database on a real server, with a role and a schema as the query side is given them. */
public final class TestDatabase {
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcTemplate operator = new JdbcTemplate(database.dataSource());

  public TestDatabase() {
    // The address has the password of the server's own user in it.
    operator.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role(), database.user()));
    operator.execute("ALTER ROLE " + role() + " SET search_path = query_side");
    operator.execute("CREATE SCHEMA query_side AUTHORIZATION " + role());
  }

  /** Names no user. */
  public String url() {
    return database.url();
  }

  public String role() {
    return "query_side_" + database.name();
  }

  /** As the query side connects, with the tables. */
  public DataSource migrated() {
    return migratedTo("latest");
  }

  /** The same, with the tables as they were after a migration. */
  public DataSource migratedTo(String version) {
    var dataSource = new DriverManagerDataSource(url(), role(), "");
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("query_side")
        .defaultSchema("query_side")
        .target(version)
        .load()
        .migrate();
    return dataSource;
  }

  /** Cuts the query side off. */
  public void refuseConnections() {
    operator.execute("ALTER ROLE " + role() + " NOLOGIN");
    operator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role() + "'");
  }

  /** Breaks the connections that listen for changes. */
  public void breakListeners() {
    operator.execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'orderflow-view-changes'\
        """);
  }

  /** Keeps a view from being replaced until it is closed, as a very long read does. */
  public AutoCloseable reading(String view) throws SQLException {
    var connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE query_side." + view + " IN ACCESS SHARE MODE");
    }
    return () -> {
      connection.rollback();
      connection.close();
    };
  }

  /** Does what only an operator may. */
  public void execute(String sql) {
    operator.execute(sql);
  }

  /** Lets the query side in again. */
  public void acceptConnections() {
    operator.execute("ALTER ROLE " + role() + " LOGIN");
  }

  /** Whether an event of the product's stock was taken in. */
  public boolean hasStock(String productId) {
    return operator.queryForObject(
        """
        SELECT count(*) > 0 FROM query_side.product_view
        WHERE product_id = ? AND stock_sequence >= 0\
        """,
        Boolean.class,
        productId);
  }

  /** How many connections wait for a lock that another one holds. */
  public int waiting() {
    return operator.queryForObject(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'\
        """,
        Integer.class);
  }
}
