package dev.orderflow.platform.ratelimit;

import dev.orderflow.platform.redis.FirstConnection;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A token bucket for each caller, kept in Redis so that all instances draw from the same. */
final class Buckets {
  private static final String PREFIX = "rate-limit:";

  private final BucketConfiguration configuration;
  private final FirstConnection<AsyncProxyManager<String>> connection;

  Buckets(RateLimitProperties properties, RedisClient client) {
    configuration =
        BucketConfiguration.builder()
            .addLimit(limit ->
                limit
                    .capacity(properties.capacity())
                    .refillGreedy(properties.requestsPerSecond(), Duration.ofSeconds(1)))
            .build();
    connection = new FirstConnection<>(() -> on(client));
  }

  private static AsyncProxyManager<String> on(RedisClient client) {
    return Bucket4jLettuce.casBasedBuilder(
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)))
        .expirationAfterWrite(
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                Duration.ofSeconds(10)))
        .build()
        .asAsync();
  }

  /** Whether there was one token to draw from the caller's bucket; fails when Redis does. */
  CompletableFuture<Boolean> draw(String caller) {
    return connection
        .get()
        .thenCompose(buckets ->
            buckets
                .builder()
                .build(PREFIX + caller, () -> CompletableFuture.completedFuture(configuration))
                .tryConsume(1));
  }
}
