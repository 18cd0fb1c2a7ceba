package dev.orderflow.queryside.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.ErrorInfo;
import dev.orderflow.queryside.testing.RunningQuerySide.Answer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How calls fail, over HTTP and over gRPC. */
public final class Failures {
  private Failures() {}

  public static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("code").asString()).isEqualTo(code);
  }

  public static void assertFails(ThrowingCallable call, Status.Code code, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(StatusProto.fromThrowable(e).getDetailsList())
                  .filteredOn(detail -> detail.is(ErrorInfo.class))
                  .extracting(detail -> detail.unpack(ErrorInfo.class).getReason())
                  .containsExactly(reason);
            });
  }
}
