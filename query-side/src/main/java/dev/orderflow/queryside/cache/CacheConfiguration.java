package dev.orderflow.queryside.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What all caches share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
public class CacheConfiguration {
  private static final Duration RECONNECT = Duration.ofMillis(200);
  private static final int MOST_QUEUED = 10_000;

  /** Puts caches before tables. */
  @FunctionalInterface
  public interface Caches {
    /**
     * A cache.
     *
     * @param name of it, in Redis and in metrics
     * @param watchers are told each key of which a change is announced; must not block
     */
    <V> CachedView<V> before(
        ViewSource<V> source, ViewFormat<V> format, String name, Consumer<String> watchers);
  }

  @Bean
  Caches caches(CacheProperties settings, LettuceConnectionFactory redis, MeterRegistry meters) {
    return new Caches() {
      @Override
      public <V> CachedView<V> before(
          ViewSource<V> source, ViewFormat<V> format, String name, Consumer<String> watchers) {
        return CachedView.of(
            name,
            source,
            format,
            watchers,
            settings,
            (RedisClient) redis.getRequiredNativeClient(),
            meters);
      }
    };
  }

  /** A command that cannot be sent now is not sent later: it would be about the past. */
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
