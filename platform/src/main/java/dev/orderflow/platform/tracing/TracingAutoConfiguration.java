package dev.orderflow.platform.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** What Spring Boot's tracing does not do by itself. */
@EnableConfigurationProperties({TracingProperties.class, SamplingProperties.class})
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
public class TracingAutoConfiguration {
  @Bean
  Traces traces(ObjectProvider<Tracer> tracer) {
    return new Traces(tracer.getIfAvailable(() -> Tracer.NOOP));
  }

  @Bean
  Sampler sampler(TracingProperties properties, SamplingProperties sampling) {
    var chance = Sampler.traceIdRatioBased(properties.getSampling().getProbability());
    return Sampler.parentBased(BoundedSampler.of(chance, sampling));
  }

  // By its name: where it is missing, Spring could not read the annotation.
  @Bean
  @ConditionalOnClass(name = "io.grpc.BindableService")
  ObservationPredicate tracedCalls(TracingProperties properties) {
    return new TracedCalls(properties.getSampling().getProbability());
  }

  @Bean
  SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters, MeterRegistry meters) {
    return SpanExporters.of(
        exporters.orderedStream().map(exporter -> new CountedExporter(exporter, meters)).toList());
  }

  /**
   * Spans that the receiver does not take at once are dropped: the next ones wait already, and a
   * stopping service must not wait for a receiver that is gone.
   */
  @Bean
  OtlpHttpSpanExporterBuilderCustomizer noRetries() {
    return exporter -> exporter.setRetryPolicy(null);
  }

  @Bean
  CountedSpans countedSpans(MeterRegistry meters) {
    return new CountedSpans(meters);
  }

  /** Paths have ids of customers in them; the route that they take says enough. */
  @Bean
  ObservationFilter withoutPaths() {
    return context -> context.removeHighCardinalityKeyValue("http.url");
  }
}
