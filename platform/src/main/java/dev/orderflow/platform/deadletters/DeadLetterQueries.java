package dev.orderflow.platform.deadletters;

import dev.orderflow.api.ordering.OrderId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the letters that staff and the timeline of an order show. */
final class DeadLetterQueries {
  private final JdbcClient jdbc;

  DeadLetterQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A part of what is selected: those first that something waits behind, then in the order in which
   * they were kept. Only where they stand: a letter may be as large as a record, so each is looked
   * at by itself.
   *
   * @param after what the part comes after; null for the first part
   */
  List<Place> list(Selection selection, @Nullable Place after, int limit) {
    return selection
        .bind(
            jdbc.sql(
                "SELECT queue IS NULL AS free, id FROM dead_letter WHERE"
                    + Selection.CONDITION
                    + " AND (queue IS NULL, id) > (:free, :after)"
                    + " ORDER BY queue IS NULL, id LIMIT :limit"))
        .param("free", after != null && after.free())
        .param("after", after == null ? 0 : after.id())
        .param("limit", limit)
        .query((row, _) -> new Place(row.getBoolean("free"), row.getLong("id")))
        .list();
  }

  /**
   * Where a letter stands in the list.
   *
   * @param free whether nothing waits behind it
   */
  record Place(boolean free, long id) {}

  /** The ids of those of an order that are not at their end; at most so many. */
  List<Long> open(OrderId orderId, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM dead_letter
            WHERE order_id = ? AND ended IS NULL AND content IS NOT NULL ORDER BY id LIMIT ?\
            """)
        .params(orderId.value(), limit)
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  /** The letter of this id, if there is one. */
  Optional<DeadLetter> find(long id) {
    return jdbc.sql("SELECT * FROM dead_letter WHERE id = ? AND content IS NOT NULL")
        .param(id)
        .query((row, _) -> DeadLetter.of(row))
        .optional();
  }
}
