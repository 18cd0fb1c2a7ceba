package dev.orderflow.saga.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.saga.Worker;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The letters, in a table. Everything here takes part in the caller's transaction. Those of one
 * worker and one order are a queue, whose first letter holds up all that comes after it.
 */
@Component
public final class DeadLetters {
  private static final ObjectMapper JSON = EventJson.mapper();

  private final JdbcClient jdbc;
  private final Clock clock;

  /** In the table {@code dead_letter}. */
  public DeadLetters(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Which of the orders have letters of the worker. Until the transaction ends these stay: what is
   * kept behind them meanwhile is not left alone.
   */
  public Set<OrderId> lockHeld(Worker source, Collection<OrderId> orders) {
    return jdbc.sql(
            """
            SELECT order_id FROM dead_letter WHERE source = ? AND order_id = ANY (?)
            ORDER BY id FOR UPDATE\
            """)
        .param(source.id())
        .param(orders.stream().map(OrderId::value).toArray(String[]::new))
        .query((row, _) -> new OrderId(row.getString("order_id")))
        .set();
  }

  /**
   * Keeps it, unless it is kept already. A letter that nothing waits behind, as of what a false
   * record had asked for, does not count when things are to wait behind this one.
   */
  public void keep(
      Worker source, @Nullable OrderId orderId, Content content, String cause, int attempts) {
    jdbc.sql(
            """
            INSERT INTO dead_letter (source, order_id, identity, content, cause, attempts, since)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (identity) DO UPDATE
            SET order_id = excluded.order_id, content = excluded.content, cause = excluded.cause,
              attempts = excluded.attempts, since = excluded.since
            WHERE dead_letter.order_id IS NULL AND excluded.order_id IS NOT NULL\
            """)
        .param(source.id())
        .param(orderId == null ? null : orderId.value())
        .param(content.identity())
        .param(write(content))
        .param(cause)
        .param(attempts)
        .param(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .update();
  }

  /** The letter of this id, if there is one. */
  public Optional<DeadLetter> find(long id) {
    return jdbc.sql("SELECT * FROM dead_letter WHERE id = ?")
        .param(id)
        .query((row, _) -> letter(row))
        .optional();
  }

  /** The first letter of a queue, if there is one. */
  public Optional<DeadLetter> first(Worker source, OrderId orderId) {
    return jdbc.sql(
            "SELECT * FROM dead_letter WHERE source = ? AND order_id = ? ORDER BY id LIMIT 1")
        .params(source.id(), orderId.value())
        .query((row, _) -> letter(row))
        .optional();
  }

  /** The oldest letters, those first that something waits behind. */
  public List<DeadLetter> oldest(int limit) {
    return jdbc.sql("SELECT * FROM dead_letter ORDER BY order_id IS NULL, id LIMIT ?")
        .param(limit)
        .query((row, _) -> letter(row))
        .list();
  }

  /** How many letters each worker has; all are named. */
  public Map<Worker, Long> depths() {
    var depths = new EnumMap<Worker, Long>(Worker.class);
    for (var worker : Worker.values()) {
      depths.put(worker, 0L);
    }
    jdbc.sql("SELECT source, count(*) AS depth FROM dead_letter GROUP BY source")
        .query(row -> {
          depths.put(worker(row), row.getLong("depth"));
        });
    return depths;
  }

  /**
   * Takes a letter out, when it is done.
   *
   * @return whether it was there
   */
  public boolean remove(DeadLetter letter) {
    return jdbc.sql("DELETE FROM dead_letter WHERE id = ?").param(letter.id()).update() == 1;
  }

  /** Notes an attempt that failed. */
  public void failedAgain(DeadLetter letter, String cause) {
    jdbc.sql("UPDATE dead_letter SET attempts = attempts + 1, cause = ? WHERE id = ?")
        .params(cause, letter.id())
        .update();
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    var orderId = row.getString("order_id");
    return new DeadLetter(
        row.getLong("id"),
        worker(row),
        orderId == null ? null : new OrderId(orderId),
        read(row.getString("content")),
        row.getString("cause"),
        row.getInt("attempts"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  private static Worker worker(ResultSet row) throws SQLException {
    return Worker.of(row.getString("source"));
  }

  private static String write(Content content) {
    try {
      return JSON.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Content read(String content) {
    try {
      return JSON.readValue(content, Content.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
