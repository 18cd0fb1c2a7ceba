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
import org.jspecify.annotations.Nullable;

/**
 * Samples as another does, but only so many traces in a second: what it costs is bounded. Work for
 * many at once is sampled, and does not count, when it is done for one that is sampled.
 *
 * @param limit how many in a second; null is no limit
 */
record BoundedSampler(Sampler other, @Nullable RateLimiter limit) implements Sampler {
  static Sampler of(Sampler other, SamplingProperties properties) {
    var most = properties.mostPerSecond();
    return new BoundedSampler(other, most == 0 ? null : RateLimiter.create(most));
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    if (links.stream().anyMatch(link -> link.getSpanContext().isSampled())) {
      return SamplingResult.recordAndSample();
    }
    var result = other.shouldSample(parent, traceId, name, kind, attributes, links);
    return limit == null || result.getDecision() == SamplingDecision.DROP || limit.tryAcquire()
        ? result
        : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "Bounded{" + other.getDescription() + "}";
  }
}
