package dev.orderflow.platform.ratelimit;

import dev.orderflow.platform.redis.RedisAutoConfiguration;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.grpc.ServerInterceptor;
import io.lettuce.core.RedisClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.GrpcSecurity;

/** Limits callers when a limit is set; without one there is no connection to Redis either. */
@AutoConfiguration(after = RedisAutoConfiguration.class)
@ConditionalOnClass(Bucket4jLettuce.class)
@ConditionalOnExpression("${orderflow.gateway.rate-limit.requests-per-second:0} > 0")
@EnableConfigurationProperties(RateLimitProperties.class)
public class RateLimitAutoConfiguration {
  @Bean
  RateLimit rateLimit(RateLimitProperties properties, RedisClient redisClient) {
    return new RateLimit(new Buckets(properties, redisClient), properties.patience());
  }

  /** Where there is a gRPC server: its callers go past the gateway. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(GlobalServerInterceptor.class)
  static class Grpc {
    /** After the token was checked, which says who calls, and among the calls that have a place. */
    @Bean
    @GlobalServerInterceptor
    @Order(GrpcSecurity.CONTEXT_FILTER_ORDER + 2)
    ServerInterceptor grpcRateLimit(RateLimit limit) {
      return new GrpcRateLimit(limit);
    }
  }
}
