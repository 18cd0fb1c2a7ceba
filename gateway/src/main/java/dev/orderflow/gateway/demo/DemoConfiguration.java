package dev.orderflow.gateway.demo;

import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.gateway.routing.InstanceProperties;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Puts the demo mode together, where it is enabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
class DemoConfiguration {
  @Bean
  DemoInstances demoInstances(
      InstanceProperties addresses,
      OwnAddress here,
      RestClient serviceClient,
      DemoProperties demo) {
    return new DemoInstances(
        addresses, here, serviceClient, Objects.requireNonNull(demo.stoppedInstances()));
  }

  @Bean
  SaleClient demoFrontDoor(
      DemoProperties demo, OwnAddress here, RestClient serviceClient, Clock clock) {
    return new SaleClient(demo, here, serviceClient, clock);
  }

  @Bean
  Sale demoSale(Clock clock) {
    return new Sale(clock);
  }
}
