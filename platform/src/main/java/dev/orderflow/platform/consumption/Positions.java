package dev.orderflow.platform.consumption;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far a projection has read, as rows beside its own: moved in the transaction of the rows, they
 * make every event take effect exactly once. Expects the table {@code projection_position}.
 */
public final class Positions {
  private final JdbcClient jdbc;
  private final String projection;
  private final int generation;

  /**
   * @param jdbc on the database of the projection
   * @param projection whose positions they are
   * @param generation of the projection's tables
   */
  public Positions(JdbcClient jdbc, String projection, int generation) {
    this.jdbc = jdbc;
    this.projection = projection;
    this.generation = generation;
  }

  /** The next offset of a partition; 0 for a topic that was never read. */
  long next(UUID topicId, int partition) {
    jdbc.sql(
            """
            INSERT INTO projection_position (projection, generation, topic_id, partition, next_offset)
            VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING\
            """)
        .params(projection, generation, topicId, partition)
        .update();
    return jdbc.sql(
            """
            SELECT next_offset FROM projection_position
            WHERE projection = ? AND generation = ? AND topic_id = ? AND partition = ?\
            """)
        .params(projection, generation, topicId, partition)
        .query(Long.class)
        .single();
  }

  /**
   * Moves positions and holds their rows until the transaction ends.
   *
   * @return how many of them were where the caller expects them; the others have been moved
   */
  int advance(List<Advance> advances) {
    return jdbc.sql(
            """
            WITH held AS (
              SELECT topic_id, partition, next
              FROM projection_position
              JOIN unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[])
                AS advance (topic_id, partition, expected, next) USING (topic_id, partition)
              WHERE projection = ? AND generation = ? AND next_offset = expected
              ORDER BY topic_id, partition FOR UPDATE OF projection_position)
            UPDATE projection_position AS position SET next_offset = held.next
            FROM held
            WHERE projection = ? AND generation = ? AND position.topic_id = held.topic_id
              AND position.partition = held.partition\
            """)
        .param(advances.stream().map(Advance::topicId).toArray(UUID[]::new))
        .param(advances.stream().map(Advance::partition).toArray(Integer[]::new))
        .param(advances.stream().map(Advance::expected).toArray(Long[]::new))
        .param(advances.stream().map(Advance::next).toArray(Long[]::new))
        .params(projection, generation, projection, generation)
        .update();
  }

  /** How far a batch gets in a partition, from where it is expected to stand. */
  record Advance(UUID topicId, int partition, long expected, long next) {}
}
