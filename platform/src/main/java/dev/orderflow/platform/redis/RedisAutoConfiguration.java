package dev.orderflow.platform.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * One client of Redis for all that a service asks of it, as {@code spring.data.redis} says where it
 * is. Nothing connects before it is used.
 */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@ConditionalOnClass(LettuceConnectionFactory.class)
public class RedisAutoConfiguration {
  private static final Duration RECONNECT = Duration.ofMillis(200);
  private static final int MOST_QUEUED = 10_000;

  /** Of one server, or of the primary that Sentinel names; the factory closes it. */
  @Bean(destroyMethod = "")
  RedisClient redisClient(LettuceConnectionFactory redis) {
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
