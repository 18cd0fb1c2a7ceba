package dev.orderflow.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationContext;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.Test;

class TracedCallsTest {
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of(Traces.TRACEPARENT, Metadata.ASCII_STRING_MARSHALLER);

  @Test
  void a_call_without_a_trace_is_not_observed_where_none_is_begun() {
    assertThat(isObserved(0, call(new Metadata()))).isFalse();
    assertThat(isObserved(0.01, call(new Metadata()))).isTrue();
  }

  @Test
  void a_call_of_a_trace_is_observed_and_so_is_all_else() {
    var metadata = new Metadata();
    metadata.put(TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(isObserved(0, call(metadata))).isTrue();
    assertThat(isObserved(0, new Observation.Context())).isTrue();
  }

  private static boolean isObserved(double probability, Observation.Context context) {
    return new TracedCalls(probability).test("any", context);
  }

  private static GrpcServerObservationContext call(Metadata metadata) {
    var call =
        new GrpcServerObservationContext(
            (carrier, key) -> carrier.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)));
    call.setCarrier(metadata);
    return call;
  }
}
