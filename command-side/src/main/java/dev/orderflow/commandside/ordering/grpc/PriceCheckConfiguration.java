package dev.orderflow.commandside.ordering.grpc;

import dev.orderflow.commandside.ordering.application.PriceCheck;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;

@Configuration(proxyBeanMethods = false)
class PriceCheckConfiguration {
  /**
   * The admission check before an order is placed.
   *
   * @param deadline most that it may cost; past it the check is skipped
   * @param pause how long it is not asked at all after it kept failing
   */
  @ConfigurationProperties("orderflow.ordering.price-check")
  record PriceCheckProperties(
      @DefaultValue("150ms") Duration deadline, @DefaultValue("5s") Duration pause) {}

  @Bean
  PriceCheck priceCheck(GrpcChannelFactory channels, PriceCheckProperties properties) {
    return new GrpcPriceCheck(
        channels.createChannel("query-side"),
        CircuitBreaker.of(
            "price-check",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(properties.pause())
                .permittedNumberOfCallsInHalfOpenState(2)
                .build()),
        properties.deadline());
  }
}
