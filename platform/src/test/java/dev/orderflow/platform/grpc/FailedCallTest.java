package dev.orderflow.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.platform.testing.LoggedTroubles;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** What is thrown on the way to a service, or past it, is no less a bug than what it throws. */
class FailedCallTest {
  @Test
  void a_bug_that_no_service_has_caught_is_logged() {
    try (var troubles = new LoggedTroubles()) {
      assertThat(code(new AssertionError("odd"))).isEqualTo(Status.Code.INTERNAL);

      assertThat(troubles.all()).singleElement().asString().contains("A gRPC call failed", "odd");
    }
  }

  @Test
  void what_the_caller_has_done_is_not() {
    try (var troubles = new LoggedTroubles()) {
      assertThat(code(new InvalidValueException("name", "must be there")))
          .isEqualTo(Status.Code.INVALID_ARGUMENT);

      assertThat(troubles.all()).isEmpty();
    }
  }

  private static Status.Code code(Throwable error) {
    var status = new GrpcAutoConfiguration().failures().handleException(error);
    return status.getStatus().getCode();
  }
}
