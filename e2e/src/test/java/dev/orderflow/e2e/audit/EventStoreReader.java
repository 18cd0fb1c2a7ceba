package dev.orderflow.e2e.audit;

import dev.orderflow.e2e.platform.Cluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The truth, which no public surface shows: the event store and the payment provider's books. */
public final class EventStoreReader {
  private static final String EVENTS =
      """
      SELECT event_id, aggregate_id, sequence_number, convert_from(payload, 'UTF8'),
        convert_from(metadata, 'UTF8')
      FROM command_side.domain_event ORDER BY global_index
      """;
  private static final String COUNT_OF_TYPE =
      "SELECT count(*) FROM command_side.domain_event WHERE payload_type LIKE ?";
  private static final String KEPT_CHARGES =
      """
      SELECT idempotency_key FROM saga.simulated_charge
      WHERE outcome = 'SUCCESS'
        AND idempotency_key NOT IN (SELECT charge_key FROM saga.simulated_refund)
      """;
  private static final String BREAK_CONNECTIONS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?";

  private static final String WRONG_REFUNDS =
      """
      SELECT charge_key FROM saga.simulated_refund JOIN saga.simulated_charge AS charge
        ON charge_key = charge.idempotency_key
      GROUP BY charge_key, outcome HAVING count(*) > 1 OR outcome <> 'SUCCESS'
      """;

  private final Cluster.Postgres database;

  /** One place in one stream. */
  public record Position(String stream, long sequence) {}

  /**
   * A stored event.
   *
   * @param metadata as it is stored
   */
  public record Stored(String id, Position position, JsonNode event, String metadata) {}

  public EventStoreReader(Cluster.Postgres database) {
    this.database = database;
  }

  /** All events in their order. */
  public List<Stored> events() {
    try (var connection = connect();
        var rows = connection.createStatement().executeQuery(EVENTS)) {
      var events = new ArrayList<Stored>();
      while (rows.next()) {
        events.add(
            new Stored(
                rows.getString(1),
                new Position(rows.getString(2), rows.getLong(3)),
                JsonMapper.shared().readTree(rows.getString(4)),
                String.valueOf(rows.getString(5))));
      }
      return events;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How many events of this name there are. */
  public long count(String type) {
    try (var connection = connect();
        var statement = connection.prepareStatement(COUNT_OF_TYPE)) {
      statement.setString(1, "%." + type);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The payments whose money the simulated provider has taken and not given back. */
  public Set<String> keptCharges() {
    return charges(KEPT_CHARGES);
  }

  /** Those that it has given back twice, or has never taken. */
  Set<String> wrongRefunds() {
    return charges(WRONG_REFUNDS);
  }

  private Set<String> charges(String query) {
    try (var connection = connect();
        var rows = connection.createStatement().executeQuery(query)) {
      var charges = new HashSet<String>();
      while (rows.next()) {
        charges.add(rows.getString(1));
      }
      return charges;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Breaks all connections with this application name and answers how many there were. */
  public int breakConnections(String applicationName) {
    try (var connection = connect();
        var statement = connection.prepareStatement(BREAK_CONNECTIONS)) {
      statement.setString(1, applicationName);
      var broken = 0;
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          broken++;
        }
      }
      return broken;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
