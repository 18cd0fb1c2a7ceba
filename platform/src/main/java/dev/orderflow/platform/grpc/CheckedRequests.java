package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

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

  private static <Q, A> ServerMethodDefinition<Optional<Q>, A> checked(
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

  /** Reads a message; empty when the bytes are none. */
  private record Reading<Q>(Marshaller<Q> messages) implements Marshaller<Optional<Q>> {
    @Override
    public InputStream stream(Optional<Q> message) {
      return message.map(messages::stream).orElseGet(() -> new ByteArrayInputStream(new byte[0]));
    }

    @Override
    public Optional<Q> parse(InputStream bytes) {
      try {
        return Optional.of(messages.parse(bytes));
      } catch (RuntimeException _) {
        // Whatever it is thrown for, nothing but the bytes can be at fault.
        return Optional.empty();
      }
    }
  }

  private static final class Checking<Q> extends ServerCall.Listener<Optional<Q>> {
    private final ServerCall.Listener<Q> service;
    private final boolean takesOne;
    private boolean received;

    Checking(ServerCall.Listener<Q> service, boolean takesOne) {
      this.service = service;
      this.takesOne = takesOne;
    }

    @Override
    public void onMessage(Optional<Q> message) {
      require(!takesOne || !received, "must be one message, not several");
      require(message.isPresent(), "must be a message of the type that the method takes");
      received = true;
      service.onMessage(message.orElseThrow());
    }

    @Override
    public void onHalfClose() {
      require(!takesOne || received, "must be a message, an empty one at least");
      service.onHalfClose();
    }

    private static void require(boolean kept, String rule) {
      if (!kept) {
        throw new InvalidRequestException(
            ErrorCode.VALIDATION_FAILED, List.of(new FieldViolation("request", rule)));
      }
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
