package dev.orderflow.commandside.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sequence of the last event of streams, in one statement. */
public final class StreamVersions {
  private final JdbcClient jdbc;

  StreamVersions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By stream; a stream without events is missing. Sees what is committed at this moment. */
  public Map<String, Long> of(Collection<String> streamIds) {
    var versions = new HashMap<String, Long>();
    jdbc.sql(
            """
            SELECT s.id, last.sequence_number
            FROM unnest(?::text[]) AS s (id)
            CROSS JOIN LATERAL (
              SELECT sequence_number FROM domain_event
              WHERE aggregate_id = s.id ORDER BY sequence_number DESC LIMIT 1) last\
            """)
        .param(streamIds.toArray(String[]::new))
        .query((row, _) -> versions.put(row.getString(1), row.getLong(2)))
        .list();
    return versions;
  }

  /** Whether the stream has an event. */
  public boolean exists(String streamId) {
    return !of(List.of(streamId)).isEmpty();
  }
}
