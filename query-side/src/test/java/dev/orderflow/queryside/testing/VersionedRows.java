package dev.orderflow.queryside.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.queryside.cache.ChangedRows;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.cache.ViewSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/** A table in a new database that caches can stand before; it counts its reads. */
public final class VersionedRows implements ViewSource<String>, AutoCloseable {
  private final HikariDataSource dataSource;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicReference<@Nullable Pause> nextPause = new AtomicReference<>();

  public VersionedRows() {
    var pool = new HikariConfig();
    pool.setDataSource(new TestDatabase().migrated());
    dataSource = new HikariDataSource(pool);
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    jdbc.sql("CREATE TABLE row (key text PRIMARY KEY, version bigint NOT NULL)").update();
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  public TransactionTemplate transaction() {
    return transaction;
  }

  /** How often it was read. */
  public AtomicInteger reads() {
    return reads;
  }

  /** How many have read it at a time. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** What is shown of a row. */
  public static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
  }

  @Override
  public Map<String, Versioned<String>> read(Collection<String> keys) {
    reads.incrementAndGet();
    var pause = nextPause.getAndSet(null);
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      return jdbc
          .sql("SELECT key, version FROM row WHERE key = ANY (?)")
          .param(new SqlArrayValue("text", keys.toArray()))
          .query((row, _) -> Map.entry(row.getString("key"), value(row.getLong("version"))))
          .list()
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    } finally {
      atOnce.decrementAndGet();
      if (pause != null) {
        pause.hold();
      }
    }
  }

  /** The next read has its answer, and does not give it before it is told to. */
  public Pause pauseNextRead() {
    var pause = new Pause();
    nextPause.set(pause);
    return pause;
  }

  /** A read that has its answer. */
  public static final class Pause {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private Pause() {}

    private void hold() {
      begun.countDown();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Returns when the row has been read. */
    public void awaitBegun() throws InterruptedException {
      begun.await();
    }

    public void goOn() {
      over.countDown();
    }
  }

  /** Sets a row, without a notice. */
  public void put(String key, long version) {
    jdbc.sql(
            """
            INSERT INTO row (key, version) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET version = EXCLUDED.version\
            """)
        .params(key, version)
        .update();
  }

  /** Sets a row as a projection does. */
  public void change(ChangedRows<String> caches, String key, long version) {
    transaction.executeWithoutResult(_ -> {
      put(key, version);
      caches.changed(Map.of(key, value(version)));
    });
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
