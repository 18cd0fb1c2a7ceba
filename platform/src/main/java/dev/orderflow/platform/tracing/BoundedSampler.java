package dev.orderflow.platform.tracing;

import com.google.common.util.concurrent.RateLimiter;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** Samples as another does, but only so many traces in a second: what it costs is bounded. */
record BoundedSampler(Sampler other, RateLimiter limit) implements Sampler {
  static Sampler of(Sampler other, SamplingProperties properties) {
    return properties.mostPerSecond() == 0
        ? other
        : new BoundedSampler(other, RateLimiter.create(properties.mostPerSecond()));
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    var result = other.shouldSample(parent, traceId, name, kind, attributes, links);
    return result.getDecision() == SamplingDecision.DROP || limit.tryAcquire()
        ? result
        : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "Bounded{" + other.getDescription() + "}";
  }
}
