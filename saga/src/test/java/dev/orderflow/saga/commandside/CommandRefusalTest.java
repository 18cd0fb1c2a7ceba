package dev.orderflow.saga.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandRefusalTest {
  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "INVALID_ARGUMENT",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "FAILED_PRECONDITION",
        "OUT_OF_RANGE"
      })
  void a_judgement_of_the_command_itself_is_for_good(Status.Code code) {
    assertThat(CommandRefusal.is(code.toStatus().asRuntimeException())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "UNAVAILABLE",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "INTERNAL",
        "UNKNOWN",
        "RESOURCE_EXHAUSTED",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "UNIMPLEMENTED",
        "CANCELLED",
        "DATA_LOSS"
      })
  void whatever_may_be_over_the_next_time_is_not(Status.Code code) {
    assertThat(CommandRefusal.is(code.toStatus().asRuntimeException())).isFalse();
  }

  @Test
  void a_failure_of_our_own_or_a_death_is_not() {
    assertThat(CommandRefusal.is(new IllegalStateException())).isFalse();
    assertThat(CommandRefusal.is(null)).isFalse();
  }
}
