package dev.orderflow.commandside.commands;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.orderflow.commandside.commands.CommandHandler.Touched;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets one transaction of all instances at a time append to a stream, by advisory locks that
 * PostgreSQL frees when the transaction ends. All are taken by one statement and in one order that
 * is the same on every instance. The last sequences must be read by a statement of its own: the
 * snapshot of a statement is taken before it waits for a lock.
 */
@Component
final class StreamLocks {
  private static final HashFunction HASH = Hashing.farmHashFingerprint64();

  private final JdbcClient jdbc;

  StreamLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits for the locks of the streams, for as long as {@code lock_timeout} allows. */
  void lock(Touched touched) {
    var exclusiveByKey = new TreeMap<Long, Boolean>();
    touched.read().forEach(id -> exclusiveByKey.put(key(id.value()), false));
    touched.written().forEach(id -> exclusiveByKey.put(key(id.value()), true));
    jdbc.sql(
            """
            SELECT CASE WHEN exclusive THEN pg_advisory_xact_lock(key)
                        ELSE pg_advisory_xact_lock_shared(key) END
            FROM unnest(?::bigint[], ?::boolean[]) AS lock (key, exclusive)\
            """)
        .param(exclusiveByKey.keySet().toArray(Long[]::new))
        .param(exclusiveByKey.values().toArray(Boolean[]::new))
        .query((_, _) -> touched)
        .list();
  }

  private static long key(String streamId) {
    return HASH.hashString(streamId, StandardCharsets.UTF_8).asLong();
  }
}
