package dev.orderflow.commandside.publication;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells which events are on their topics. */
@Component
public class PublishedEvents {
  private final JdbcClient jdbc;

  PublishedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By their places in the event store. Nothing is known of any while all are published again.
   *
   * @param places of events that are committed
   */
  public Map<Long, Boolean> of(Collection<Long> places) {
    var published = new HashMap<Long, Boolean>();
    jdbc.sql(
            """
            SELECT place, coalesce(
                place <= (token ->> 'index')::bigint AND NOT token -> 'gaps' @> to_jsonb(place),
                false) AS published
            FROM unnest(?::bigint[]) AS place,
              (SELECT convert_from(token, 'UTF8')::jsonb AS token FROM publication_token
               WHERE processor_name = ? AND segment = ?) AS position
            WHERE NOT EXISTS (SELECT FROM republication)\
            """)
        .param(places.toArray(Long[]::new))
        .param(PublicationPosition.NAME)
        .param(PublicationPosition.SEGMENT)
        .query(row -> {
          published.put(row.getLong("place"), row.getBoolean("published"));
        });
    return published;
  }
}
