package dev.orderflow.platform.testing;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;

/** What a gRPC server answers, apart from health and reflection. */
public final class GrpcCalls {
  private static final long SECONDS = 20;

  private GrpcCalls() {}

  /** Its services. */
  public static List<ServiceDescriptor> services(Collection<BindableService> all) {
    return all.stream()
        .map(service -> service.bindService().getServiceDescriptor())
        .filter(service -> !service.getName().startsWith("grpc."))
        .toList();
  }

  /** The calls of its services. */
  public static Stream<MethodDescriptor<?, ?>> of(Collection<BindableService> all) {
    return services(all).stream().flatMap(service -> service.getMethods().stream());
  }

  /**
   * How one of them ends, with an empty request.
   *
   * @param token of the caller; empty: none
   */
  public static <Q, A> Status.Code codeOf(
      MethodDescriptor<Q, A> call, Channel channel, String token) {
    var authorized =
        token.isEmpty()
            ? channel
            : ClientInterceptors.intercept(
                channel, new BearerTokenAuthenticationInterceptor(token));
    var request = (MethodDescriptor.PrototypeMarshaller<Q>) call.getRequestMarshaller();
    try {
      ClientCalls.blockingServerStreamingCall(
              authorized,
              call,
              CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
              request.getMessagePrototype())
          .forEachRemaining(_ -> {});
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
