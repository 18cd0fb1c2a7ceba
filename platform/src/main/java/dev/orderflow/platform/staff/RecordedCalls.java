package dev.orderflow.platform.staff;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.regex.Pattern;

/** Keeps each gRPC call of staff's that was to change something, once it is answered. */
final class RecordedCalls implements ServerInterceptor {
  /**
   * Methods that only read are called so (Google's AIP-130); what is gRPC's own changes nothing.
   */
  private static final Pattern READING =
      Pattern.compile("grpc\\..*|.*/(?:Get|BatchGet|List|Watch|Validate)[A-Z].*");

  private final StaffActions actions;

  RecordedCalls(StaffActions actions) {
    this.actions = actions;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var method = call.getMethodDescriptor().getFullMethodName();
    var staff = StaffActions.staff();
    if (staff.isEmpty() || READING.matcher(method).matches()) {
      return next.startCall(call, headers);
    }
    var recorded =
        new SimpleForwardingServerCall<Q, R>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            actions.add(staff.get(), StaffAction.GRPC, method, httpStatus(status.getCode()));
            super.close(status, trailers);
          }
        };
    return next.startCall(recorded, headers);
  }

  /** As google/rpc/code.proto has it. */
  private static int httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }
}
