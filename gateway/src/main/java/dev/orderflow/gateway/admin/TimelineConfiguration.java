package dev.orderflow.gateway.admin;

import dev.orderflow.gateway.description.OwnCalls;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Describes the timeline. */
@Configuration(proxyBeanMethods = false)
class TimelineConfiguration {
  @Bean
  OwnCalls timelineCalls(
      JsonMapper json, @Value("classpath:admin/timeline.json") Resource description)
      throws IOException {
    try (var text = description.getInputStream()) {
      return new OwnCalls((ObjectNode) json.readTree(text));
    }
  }
}
