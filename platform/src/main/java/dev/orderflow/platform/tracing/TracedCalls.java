package dev.orderflow.platform.tracing;

import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;

/**
 * Calls over gRPC are observed for their spans alone. Where no trace is begun by chance, those that
 * belong to none are not: a span would be made, passed on and thrown away with each call.
 */
final class TracedCalls implements ObservationPredicate {
  private final boolean someAreBegun;

  /** With the share of calls that begin a trace. */
  TracedCalls(double probability) {
    someAreBegun = probability > 0;
  }

  @Override
  public boolean test(String name, Observation.Context context) {
    return someAreBegun
        || !(context instanceof GrpcServerObservationContext call)
        || call.getCarrier() == null
        || call.getGetter().get(call.getCarrier(), Traces.TRACEPARENT) != null;
  }
}
