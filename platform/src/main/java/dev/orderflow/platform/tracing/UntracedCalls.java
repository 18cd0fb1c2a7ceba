package dev.orderflow.platform.tracing;

import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/**
 * Calls over gRPC that belong to no trace, where none is begun by chance: they get no span, which
 * would be made, passed on and thrown away with each call. They are counted and timed like all
 * others.
 */
final class UntracedCalls implements TracingObservationHandler<GrpcServerObservationContext> {
  private final boolean noneIsBegun;

  /** With the share of calls that begin a trace. */
  UntracedCalls(double probability) {
    noneIsBegun = probability == 0;
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return noneIsBegun
        && context instanceof GrpcServerObservationContext call
        && call.getCarrier() != null
        && call.getGetter().get(call.getCarrier(), Traces.TRACEPARENT) == null;
  }

  /** Whatever asks for the span finds that there is none. */
  @Override
  public void onStart(GrpcServerObservationContext call) {
    var _ = getTracingContext(call);
  }

  @Override
  public void onEvent(Observation.Event event, GrpcServerObservationContext call) {}

  @Override
  public void onError(GrpcServerObservationContext call) {}

  @Override
  public void onScopeOpened(GrpcServerObservationContext call) {}

  @Override
  public void onScopeClosed(GrpcServerObservationContext call) {}

  @Override
  public void onStop(GrpcServerObservationContext call) {}

  @Override
  public Tracer getTracer() {
    return Tracer.NOOP;
  }
}
