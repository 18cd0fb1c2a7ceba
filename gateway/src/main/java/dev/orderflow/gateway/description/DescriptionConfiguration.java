package dev.orderflow.gateway.description;

import dev.orderflow.gateway.identity.IssuerProperties;
import dev.orderflow.gateway.routing.InstanceProperties;
import dev.orderflow.platform.security.IdentityProperties;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Names the services and the files that describe calls, and the page that shows them. */
@Configuration(proxyBeanMethods = false)
class DescriptionConfiguration implements WebMvcConfigurer {
  @Bean
  PlatformDescription platformDescription(
      InstanceProperties instances,
      RestClient serviceClient,
      IssuerProperties issuer,
      IdentityProperties identity,
      ObjectProvider<OwnCalls> own,
      JsonMapper json) {
    return new PlatformDescription(
        List.of(
            new ServiceDescription(instances.querySide(), serviceClient),
            new ServiceDescription(instances.commandSide(), serviceClient),
            new ServiceDescription(instances.saga(), serviceClient)),
        own.stream().toList(),
        new SignIn(issuer.signingKey() == null ? identity.issuerUri() : null),
        json);
  }

  @Bean
  OwnCalls timelineCalls(JsonMapper json) throws IOException {
    return OwnCalls.in("admin/timeline.json", json);
  }

  @Bean
  @ConditionalOnBooleanProperty("orderflow.demo.enabled")
  OwnCalls demoCalls(JsonMapper json) throws IOException {
    return OwnCalls.in("demo/description.json", json);
  }

  @Bean
  @ConditionalOnBooleanProperty("orderflow.gateway.traces.enabled")
  OwnCalls traceCalls(JsonMapper json) throws IOException {
    return OwnCalls.in("traces/description.json", json);
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/docs").setViewName("forward:/docs/index.html");
  }
}
