package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.io.InputStream;
import java.util.List;

/**
 * Refuses bytes that are no message of the method, and another number of messages than the method
 * takes, as an invalid request. Left alone, gRPC answers UNKNOWN or INTERNAL, which are for bugs of
 * the server, and logs a stack trace.
 */
final class CheckedRequests {
  private CheckedRequests() {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    var methods = service.getMethods().stream().map(CheckedRequests::checked).toList();
    var original = service.getServiceDescriptor();
    var descriptor =
        ServiceDescriptor.newBuilder(original.getName())
            .setSchemaDescriptor(original.getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var definition = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(definition::addMethod);
    return definition.build();
  }

  private static <Q, A> ServerMethodDefinition<Received<Q>, A> checked(
      ServerMethodDefinition<Q, A> method) {
    var original = method.getMethodDescriptor();
    var descriptor =
        original.toBuilder(
                new Reading<>(original.getRequestMarshaller()), original.getResponseMarshaller())
            .build();
    return ServerMethodDefinition.create(
        descriptor,
        (call, headers) -> {
          @SuppressWarnings("unchecked") // A call takes answers; requests go to its listener.
          var answering = (ServerCall<Q, A>) (ServerCall<?, A>) call;
          return new Checking<>(
              method.getServerCallHandler().startCall(answering, headers),
              original.getType().clientSendsOneMessage());
        });
  }

  /** What came in. */
  private sealed interface Received<Q> {
    record Message<Q>(Q content) implements Received<Q> {}

    record Refused<Q>(ErrorCode code, String rule) implements Received<Q> {}
  }

  private record Reading<Q>(Marshaller<Q> messages) implements Marshaller<Received<Q>> {
    @Override
    public InputStream stream(Received<Q> received) {
      return switch (received) {
        case Received.Message<Q> message -> messages.stream(message.content());
        case Received.Refused<Q> _ -> InputStream.nullInputStream();
      };
    }

    @Override
    public Received<Q> parse(InputStream bytes) {
      try {
        return new Received.Message<>(messages.parse(bytes));
      } catch (RuntimeException e) {
        // Whatever is thrown here, the bytes are at fault. Here it also turns out that a compressed
        // message is too large.
        return Status.fromThrowable(e).getCode() == Status.Code.RESOURCE_EXHAUSTED
            ? new Received.Refused<>(ErrorCode.CONTENT_TOO_LARGE, "must be smaller")
            : new Received.Refused<>(
                ErrorCode.VALIDATION_FAILED, "must be a message of the type that the method takes");
      }
    }
  }

  private static final class Checking<Q> extends ServerCall.Listener<Received<Q>> {
    private final ServerCall.Listener<Q> service;
    private final boolean takesOne;
    private boolean received;

    Checking(ServerCall.Listener<Q> service, boolean takesOne) {
      this.service = service;
      this.takesOne = takesOne;
    }

    @Override
    public void onMessage(Received<Q> incoming) {
      require(!takesOne || !received, "must be one message, not several");
      switch (incoming) {
        case Received.Message<Q> message -> {
          received = true;
          service.onMessage(message.content());
        }
        case Received.Refused<Q> refused -> throw invalid(refused.code(), refused.rule());
      }
    }

    @Override
    public void onHalfClose() {
      require(!takesOne || received, "must be a message, an empty one at least");
      service.onHalfClose();
    }

    private static void require(boolean kept, String rule) {
      if (!kept) {
        throw invalid(ErrorCode.VALIDATION_FAILED, rule);
      }
    }

    private static InvalidRequestException invalid(ErrorCode code, String rule) {
      return new InvalidRequestException(code, List.of(new FieldViolation("request", rule)));
    }

    @Override
    public void onCancel() {
      service.onCancel();
    }

    @Override
    public void onComplete() {
      service.onComplete();
    }

    @Override
    public void onReady() {
      service.onReady();
    }
  }
}
