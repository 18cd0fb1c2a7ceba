package dev.orderflow.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationContext;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.Test;

class UntracedCallsTest {
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of(Traces.TRACEPARENT, Metadata.ASCII_STRING_MARSHALLER);

  @Test
  void a_call_without_a_trace_is_untraced_where_none_is_begun() {
    assertThat(new UntracedCalls(0).supportsContext(call(new Metadata()))).isTrue();
    assertThat(new UntracedCalls(0.01).supportsContext(call(new Metadata()))).isFalse();
  }

  @Test
  void a_call_of_a_trace_is_followed_and_so_is_all_else() {
    var metadata = new Metadata();
    metadata.put(TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(new UntracedCalls(0).supportsContext(call(metadata))).isFalse();
    assertThat(new UntracedCalls(0).supportsContext(new Observation.Context())).isFalse();
  }

  private static GrpcServerObservationContext call(Metadata metadata) {
    var call =
        new GrpcServerObservationContext(
            (carrier, key) -> carrier.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)));
    call.setCarrier(metadata);
    return call;
  }
}
