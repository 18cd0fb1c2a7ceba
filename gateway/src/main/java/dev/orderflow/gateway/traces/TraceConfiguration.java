package dev.orderflow.gateway.traces;

import dev.orderflow.gateway.description.OwnCalls;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where the last traces are kept. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {
  @Bean
  @ConditionalOnBooleanProperty("orderflow.gateway.traces.enabled")
  LastTraces lastTraces(TraceProperties properties) {
    return new LastTraces(properties.maxSpans(), properties.maxSize().toBytes());
  }

  @Bean
  @ConditionalOnBooleanProperty("orderflow.gateway.traces.enabled")
  OwnCalls traceCalls(
      JsonMapper json, @Value("classpath:traces/description.json") Resource description)
      throws IOException {
    try (var text = description.getInputStream()) {
      return new OwnCalls((ObjectNode) json.readTree(text));
    }
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
