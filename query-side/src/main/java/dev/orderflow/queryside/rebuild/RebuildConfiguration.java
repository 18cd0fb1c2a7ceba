package dev.orderflow.queryside.rebuild;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The time. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
