package dev.orderflow.queryside.rebuild;

import static dev.orderflow.queryside.testing.Events.START;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import dev.orderflow.queryside.testing.RunningQuerySide;
import dev.orderflow.queryside.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writers of a view wait only while the last few events are read. */
class HeldWritersIT {
  /** More than are read while they wait. */
  private static final int MANY = 2_500;

  /** Looking at all rows takes as long as the test holds the lock. */
  private static final String LONG_LOOKS =
      """
      CREATE FUNCTION query_side.look() RETURNS boolean LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('client_connection_check_interval') <> '0' THEN
          PERFORM pg_advisory_xact_lock_shared(1);
        END IF;
        RETURN true;
      END $$;
      CREATE POLICY look ON query_side.counted_order USING (query_side.look());
      ALTER TABLE query_side.counted_order ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY\
      """;

  private static final String NOTED_WRITES =
      """
      CREATE TABLE query_side.written_meanwhile (events bigint);
      GRANT ALL ON query_side.written_meanwhile TO PUBLIC;
      CREATE FUNCTION query_side.note() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO query_side.written_meanwhile SELECT count(*) FROM fresh
        WHERE EXISTS (
          SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND mode = 'ShareRowExclusiveLock'
            AND relation = 'query_side.counted_order'::regclass);
        RETURN NULL;
      END $$;
      CREATE TRIGGER note AFTER INSERT ON query_side.counted_order_g2
      REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION query_side.note()\
      """;

  /** Under a name of its own, for its consumer group is named so. */
  record HeldOrders(JdbcClient jdbc) implements Projection<Long> {
    static final String NAME = "held-orders";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<EventTopic> topics() {
      return counts().topics();
    }

    @Override
    public List<Table> tables() {
      return counts().tables();
    }

    @Override
    public SortedMap<String, Long> take(Tables tables, List<SequencedEvent> events) {
      return counts().take(tables, events);
    }

    private OrdersPerDay counts() {
      return new OrdersPerDay(jdbc);
    }
  }

  private final String user = "held-" + UUID.randomUUID();

  @Test
  void they_wait_for_few_events_however_many_came_in_while_all_rows_were_compared()
      throws Exception {
    var database = new TestDatabase();
    var dataSource = database.migrated();
    var jdbc = new JdbcTemplate(dataSource);
    jdbc.execute(OrdersPerDay.MIGRATION);
    try (var running = new RunningQuerySide(database, HeldOrders.class)) {
      running.publisher().publish(order(0));
      eventually().until(() -> taken(jdbc) == 1);
      database.execute(LONG_LOOKS);
      try (var looking = dataSource.getConnection()) {
        holdLooks(looking);
        assertThat(running.call("POST", running.staff(), path("comparison"))).isEqualTo(202);
        eventually().until(() -> database.waiting() > 0);
        database.execute(NOTED_WRITES);

        running
            .publisher()
            .publish(
                IntStream.rangeClosed(1, MANY)
                    .mapToObj(this::order)
                    .toArray(SequencedEvent[]::new));
        eventually().until(() -> taken(jdbc) == MANY + 1);
      }

      eventually()
          .until(
              () ->
                  jdbc.queryForList(
                      "SELECT state FROM projection_comparison WHERE projection = ?",
                      String.class,
                      HeldOrders.NAME),
              states -> !states.isEmpty());
      assertThat(count(jdbc, "SELECT coalesce(sum(events), 0) FROM written_meanwhile"))
          .isLessThan(MANY);
    }
  }

  private static void holdLooks(Connection connection) throws Exception {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1)");
    }
  }

  private SequencedEvent order(int number) {
    return placed(user, number, START, "HELD");
  }

  private long taken(JdbcTemplate jdbc) {
    return count(
        jdbc, "SELECT coalesce(sum(orders), 0) FROM orders_per_day WHERE product_id = 'HELD'");
  }

  private static long count(JdbcTemplate jdbc, String sql) {
    return jdbc.queryForObject(sql, Long.class);
  }

  private static String path(String what) {
    return "/admin/projections/" + HeldOrders.NAME + "/" + what;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
