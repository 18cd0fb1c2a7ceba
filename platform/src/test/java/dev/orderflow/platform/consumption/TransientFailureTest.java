package dev.orderflow.platform.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

class TransientFailureTest {
  @ParameterizedTest
  @ValueSource(strings = {"08006", "40001", "40P01", "53300", "57P01", "42P01"})
  void a_state_of_the_database_is_an_outage(String state) {
    assertThat(TransientFailure.caused(wrapped(new SQLException("", state)))).isTrue();
  }

  @Test
  void a_pool_without_a_connection_and_a_transaction_that_cannot_begin_are_outages() {
    assertThat(TransientFailure.caused(wrapped(new SQLTransientConnectionException()))).isTrue();
    assertThat(TransientFailure.caused(wrapped(new CannotCreateTransactionException("")))).isTrue();
    assertThat(TransientFailure.caused(wrapped(new InterruptedException()))).isTrue();
    assertThat(TransientFailure.caused(wrapped(new OptimisticLockingFailureException(""))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22021", "23502", "54000"})
  void a_value_that_the_database_does_not_take_is_none(String state) {
    assertThat(TransientFailure.caused(wrapped(new SQLException("", state)))).isFalse();
  }

  @Test
  void an_error_of_our_own_is_none() {
    assertThat(TransientFailure.caused(wrapped(new IllegalArgumentException()))).isFalse();
  }

  private static RuntimeException wrapped(Exception cause) {
    return new IllegalStateException(new RuntimeException(cause));
  }
}
