package dev.orderflow.commandside.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where streams end: the sequence of the last event of each, in one query. */
public final class StreamHeads {
  private final JdbcClient jdbc;

  StreamHeads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By stream; a stream without events is missing. Sees what is committed at this moment. */
  public Map<String, Long> of(Collection<String> streamIds) {
    var heads = new HashMap<String, Long>();
    jdbc.sql(
            """
            SELECT s.id, h.sequence_number
            FROM unnest(?::text[]) AS s (id)
            CROSS JOIN LATERAL (
              SELECT sequence_number FROM domain_event
              WHERE aggregate_id = s.id ORDER BY sequence_number DESC LIMIT 1) h\
            """)
        .param(streamIds.toArray(String[]::new))
        .query((row, _) -> heads.put(row.getString(1), row.getLong(2)))
        .list();
    return heads;
  }

  /** Whether the stream has an event. */
  public boolean exists(String streamId) {
    return !of(List.of(streamId)).isEmpty();
  }
}
