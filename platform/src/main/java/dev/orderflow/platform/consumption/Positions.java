package dev.orderflow.platform.consumption;

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
   * Moves a position and holds its row until the transaction ends.
   *
   * @return false when it is not where the caller expects it: somebody else has moved it
   */
  boolean advance(UUID topicId, int partition, long expected, long next) {
    return jdbc.sql(
                """
                UPDATE projection_position SET next_offset = ?
                WHERE projection = ? AND generation = ? AND topic_id = ? AND partition = ?
                  AND next_offset = ?\
                """)
            .params(next, projection, generation, topicId, partition, expected)
            .update()
        == 1;
  }
}
