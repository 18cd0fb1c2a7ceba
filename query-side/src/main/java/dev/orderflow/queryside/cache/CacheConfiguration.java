package dev.orderflow.queryside.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What all caches share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
class CacheConfiguration {
  private static final Duration RECONNECT = Duration.ofMillis(200);
  private static final int MOST_QUEUED = 10_000;

  /** Of one server, or of the primary that Sentinel names; the factory closes it. */
  @Bean(destroyMethod = "")
  RedisClient cacheClient(LettuceConnectionFactory redis) {
    return (RedisClient) redis.getRequiredNativeClient();
  }

  /** A command that cannot be sent now is not sent later: nobody waits for it any more. */
  @Bean
  LettuceClientOptionsBuilderCustomizer noCommandWaits() {
    return options ->
        options
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_QUEUED);
  }

  /** By default the pauses become as long as half a minute. */
  @Bean
  ClientResourcesBuilderCustomizer quickReconnection() {
    return resources -> resources.reconnectDelay(Delay.constant(RECONNECT));
  }
}
