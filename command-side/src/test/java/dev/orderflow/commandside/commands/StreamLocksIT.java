package dev.orderflow.commandside.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.commands.CommandHandler.Touched;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.StreamId;
import dev.orderflow.platform.testing.TestPostgres;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two instances that first share a stream and then both want to write it would lose a whole group's
 * work. So a lock is what it has to be from the start.
 */
class StreamLocksIT {
  private static final StreamId<?> STREAM =
      new AggregateType<>(
              Object.class,
              Object::new,
              Object.class,
              Object::toString,
              _ -> new Rejection.PaymentNotFound(),
              state -> state,
              null,
              AggregateType.Topics.one(EventTopic.ORDERS))
          .stream("stock-PROD-1");

  private static final Touched WRITES = new Touched(Set.of(STREAM), Set.of());
  private static final Touched READS = new Touched(Set.of(), Set.of(STREAM));

  private final TestPostgres.Database database = TestPostgres.newDatabase();

  @Test
  void a_stream_that_is_written_is_had_by_one_transaction_at_a_time() {
    assertThat(bothHave(WRITES, WRITES)).isFalse();
  }

  @Test
  void a_stream_that_is_read_is_not_written_meanwhile() {
    assertThat(bothHave(READS, WRITES)).isFalse();
    assertThat(bothHave(WRITES, READS)).isFalse();
  }

  @Test
  void a_stream_that_is_only_read_is_shared() {
    assertThat(bothHave(READS, READS)).isTrue();
  }

  @Test
  void all_locks_are_free_when_the_transaction_has_ended() {
    assertThat(has(WRITES, () -> {})).isTrue();
    assertThat(has(WRITES, () -> {})).isTrue();
  }

  private boolean bothHave(Touched first, Touched second) {
    var both = new boolean[1];
    assertThat(has(first, () -> both[0] = has(second, () -> {}))).isTrue();
    return both[0];
  }

  /**
   * Whether a new transaction gets the locks at once. What it does with them comes before its end.
   */
  private boolean has(Touched touched, Runnable then) {
    var source = database.dataSource();
    var jdbc = JdbcClient.create(source);
    return Boolean.TRUE.equals(
        new TransactionTemplate(new DataSourceTransactionManager(source))
            .execute(transaction -> {
              jdbc.sql("SET LOCAL lock_timeout = '100ms'").update();
              try {
                new StreamLocks(jdbc).lock(touched);
              } catch (DataAccessException e) {
                assertThat(e).hasMessageContaining("lock timeout");
                transaction.setRollbackOnly();
                return false;
              }
              then.run();
              return true;
            }));
  }
}
