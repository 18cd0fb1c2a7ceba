package dev.orderflow.gateway.traces;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Where the last traces are kept. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {
  @Bean
  @ConditionalOnBooleanProperty("orderflow.gateway.traces.enabled")
  LastTraces lastTraces(TraceProperties properties) {
    return new LastTraces(properties.maxSpans(), properties.maxSize().toBytes());
  }

  /** Its own upkeep is no news: taking spans would make spans, without end. */
  @Bean
  ObservationPredicate withoutUpkeep() {
    return (_, context) -> !isUpkeep(context);
  }

  private static boolean isUpkeep(Observation.Context context) {
    if (!(context instanceof ServerRequestObservationContext http) || http.getCarrier() == null) {
      return false;
    }
    var path = http.getCarrier().getRequestURI();
    return path.equals(SpanReceiver.PATH) || path.startsWith("/actuator/");
  }
}
