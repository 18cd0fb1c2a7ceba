package dev.orderflow.gateway.demo;

import dev.orderflow.gateway.description.OwnCalls;
import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.gateway.routing.ForwardingProperties;
import dev.orderflow.gateway.routing.InstanceProperties;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts the demo mode together, where it is enabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
class DemoConfiguration {
  @Bean
  RestClient demoClient(
      RestClient.Builder clients, HttpClient callClient, ForwardingProperties forwarding) {
    var requests = new JdkClientHttpRequestFactory(callClient);
    requests.setReadTimeout(forwarding.responseTimeout());
    return clients.requestFactory(requests).build();
  }

  @Bean
  DemoInstances demoInstances(
      InstanceProperties addresses, OwnAddress here, RestClient demoClient, DemoProperties demo) {
    return new DemoInstances(
        addresses, here, demoClient, Objects.requireNonNull(demo.stoppedInstances()));
  }

  @Bean
  SaleClient demoFrontDoor(
      DemoProperties demo, OwnAddress here, RestClient demoClient, Clock clock) {
    return new SaleClient(demo, here, demoClient, clock);
  }

  @Bean
  Sale demoSale(Clock clock) {
    return new Sale(clock);
  }

  @Bean
  OwnCalls demoCalls(
      JsonMapper json, @Value("classpath:demo/description.json") Resource description)
      throws IOException {
    try (var text = description.getInputStream()) {
      return new OwnCalls((ObjectNode) json.readTree(text));
    }
  }
}
