package dev.orderflow.commandside.publication;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the event store is published, for operators; whichever instance publishes it. */
final class PublishedSoFar {
  private final JdbcClient jdbc;
  private final Serializer serializer;

  /**
   * @param serializer of the token
   */
  PublishedSoFar(JdbcClient jdbc, Serializer serializer) {
    this.jdbc = jdbc;
    this.serializer = serializer;
  }

  /**
   * A place in the event store.
   *
   * @param position the global index of the last event that is published; 0 before the first
   * @param end the global index of the last event there is; 0 when there is none
   */
  record Place(long position, long end) {}

  Place now() {
    // The token first: what is published was there before.
    var position =
        jdbc.sql("SELECT token, token_type FROM publication_token WHERE processor_name = ?")
            .param(Publication.NAME)
            .query((row, _) -> position(row.getBytes("token"), row.getString("token_type")))
            .optional()
            .orElse(0L);
    var end =
        jdbc.sql("SELECT coalesce(max(global_index), 0) FROM domain_event")
            .query(Long.class)
            .single();
    return new Place(position, end);
  }

  private long position(byte @Nullable [] token, @Nullable String type) {
    if (token == null || type == null) {
      return 0;
    }
    TrackingToken read =
        serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
    return read == null ? 0 : read.position().orElse(0);
  }
}
