package dev.orderflow.queryside.cache;

import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Series;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.overview.Together;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
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

  @Bean
  Shown cacheShown(MeterValues meters) {
    var connected = meters.gauge("orderflow.cache.l2.connected");
    return new Shown(
        List.of(
            Check.amber(
                "cache-l2", () -> 1 - connected.getAsDouble(), "", 1, "cache-does-without-redis")),
        List.of(
            new Series(
                "cache.hit-ratio",
                "",
                Together.MEAN,
                meters.share("orderflow.cache.reads", "result", "hit", "level", "l1"))));
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
