package dev.orderflow.gateway.ratelimit;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Limits callers when a limit is set; without one there is no connection to Redis either. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("${orderflow.gateway.rate-limit.requests-per-second:0} > 0")
class RateLimitConfiguration {
  @Bean
  Buckets buckets(RateLimitProperties properties) {
    return new Buckets(properties);
  }

  @Bean
  RateLimit rateLimit(Buckets buckets, RateLimitProperties properties) {
    return new RateLimit(buckets, properties.patience());
  }
}
