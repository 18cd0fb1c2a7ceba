package dev.orderflow.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every call of every gRPC server of ours. */
public interface GrpcServerRules {
  /** The server. */
  Channel server();

  /** Its services. */
  List<ServiceDescriptor> services();

  /** A token that lets in to a method, if any caller has one; empty when none is needed. */
  String tokenFor(MethodDescriptor<?, ?> method);

  private Stream<MethodDescriptor<?, ?>> methods() {
    return services().stream().flatMap(service -> service.getMethods().stream());
  }

  @Test
  default void bytes_that_are_no_message_are_an_invalid_argument() {
    var nonsense = "\u00ff no message".getBytes(StandardCharsets.ISO_8859_1);
    try (var troubles = new LoggedTroubles()) {
      methods()
          .forEach(method -> assertInvalid(method, new byte[] {0x0a, (byte) 0xff, 1}, nonsense));
      assertThat(troubles.all()).isEmpty();
    }
  }

  private void assertInvalid(MethodDescriptor<?, ?> method, byte[]... messages) {
    for (var message : messages) {
      assertInvalid(method, RawCall.of(server(), method, tokenFor(method), message));
    }
  }

  private static void assertInvalid(MethodDescriptor<?, ?> method, RawCall.Ending ending) {
    assertThat(ending.status().getCode())
        .as("%s: %s", method.getFullMethodName(), ending.status())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(ending.info()).map(ErrorInfo::getReason).contains("VALIDATION_FAILED");
  }

  @Test
  default void a_message_that_is_too_large_is_refused_also_when_it_comes_compressed() {
    var nothing = Field.newBuilder().addLengthDelimited(ByteString.copyFrom(new byte[2 << 20]));
    var large = UnknownFieldSet.newBuilder().addField(1_000, nothing.build()).build().toByteArray();
    ClientInterceptor compressing =
        new ClientInterceptor() {
          @Override
          public <Q, A> ClientCall<Q, A> interceptCall(
              MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withCompression("gzip"));
          }
        };
    var compressed = ClientInterceptors.intercept(server(), compressing);

    try (var troubles = new LoggedTroubles()) {
      methods()
          .forEach(method -> {
            for (var channel : List.of(server(), compressed)) {
              assertThat(RawCall.of(channel, method, tokenFor(method), large).status().getCode())
                  .as(method.getFullMethodName())
                  .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            }
          });
      assertThat(troubles.all()).isEmpty();
    }
  }

  @Test
  default void a_call_without_a_message_or_with_several_is_an_invalid_argument() {
    try (var troubles = new LoggedTroubles()) {
      methods()
          .forEach(method -> {
            var token = tokenFor(method);
            assertInvalid(method, RawCall.of(server(), method, token));
            assertInvalid(method, RawCall.of(server(), method, token, new byte[0], new byte[0]));
          });
      assertThat(troubles.all()).isEmpty();
    }
  }

  @Test
  default void without_a_token_bytes_that_are_no_message_are_not_even_looked_at() {
    methods()
        .filter(method -> !tokenFor(method).isEmpty())
        .forEach(method ->
            assertThat(RawCall.of(server(), method, "", new byte[] {1}).status().getCode())
                .as(method.getFullMethodName())
                .isEqualTo(Status.Code.UNAUTHENTICATED));
  }

  @Test
  default void health_is_told_of_each_service_by_its_name() {
    var health = HealthGrpc.newBlockingStub(server());
    for (var service : services()) {
      var request = HealthCheckRequest.newBuilder().setService(service.getName()).build();
      assertThat(health.check(request).getStatus())
          .as(service.getName())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  default void reflection_knows_the_services_and_the_details_of_errors_under_both_its_names() {
    var v1 = ServerReflectionGrpc.getServerReflectionInfoMethod();
    var v1Alpha =
        v1.toBuilder()
            .setFullMethodName("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
            .build();
    for (var method : List.of(v1, v1Alpha)) {
      services().forEach(service -> assertKnown(method, service.getName()));
      for (var detail :
          List.of(
              ErrorInfo.getDescriptor(),
              BadRequest.getDescriptor(),
              PreconditionFailure.getDescriptor(),
              RetryInfo.getDescriptor())) {
        assertKnown(method, detail.getFullName());
      }
    }
  }

  private void assertKnown(MethodDescriptor<?, ?> reflection, String symbol) {
    var request = ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build();
    var ending = RawCall.of(server(), reflection, "", request.toByteArray());
    assertThat(ending.status().getCode())
        .as(reflection.getFullMethodName())
        .isEqualTo(Status.Code.OK);
    try {
      var answer = ServerReflectionResponse.parseFrom(ending.answers().getFirst());
      assertThat(answer.hasFileDescriptorResponse()).as("%s: %s", symbol, answer).isTrue();
      assertThat(
              FileDescriptorProto.parseFrom(
                      answer.getFileDescriptorResponse().getFileDescriptorProto(0))
                  .getPackage())
          .isEqualTo(symbol.substring(0, symbol.lastIndexOf('.')));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
