package dev.orderflow.platform.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A token bucket for each caller, kept in Redis so that all instances draw from the same. */
final class Buckets implements AutoCloseable {
  private static final String PREFIX = "rate-limit:";

  private final BucketConfiguration configuration;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI redis;
  private @Nullable CompletableFuture<AsyncProxyManager<String>> connection;

  /** Connects when the first request comes, so that Redis need not be there before. */
  Buckets(RateLimitProperties properties) {
    configuration =
        BucketConfiguration.builder()
            .addLimit(limit ->
                limit
                    .capacity(properties.capacity())
                    .refillGreedy(properties.requestsPerSecond(), Duration.ofSeconds(1)))
            .build();
    resources =
        ClientResources.builder().reconnectDelay(Delay.constant(Duration.ofSeconds(1))).build();
    client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .build());
    redis = RedisURI.create(properties.redis());
  }

  /** Whether there was one token to draw from the caller's bucket; fails when Redis does. */
  CompletableFuture<Boolean> draw(String caller) {
    return connection()
        .thenCompose(buckets ->
            buckets
                .builder()
                .build(PREFIX + caller, () -> CompletableFuture.completedFuture(configuration))
                .tryConsume(1));
  }

  private synchronized CompletableFuture<AsyncProxyManager<String>> connection() {
    if (connection == null || connection.isCompletedExceptionally()) {
      connection =
          client
              .connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), redis)
              .toCompletableFuture()
              .thenApply(connected ->
                  Bucket4jLettuce.casBasedBuilder(connected)
                      .expirationAfterWrite(
                          ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                              Duration.ofSeconds(10)))
                      .build()
                      .asAsync());
    }
    return connection;
  }

  @Override
  public void close() {
    client.shutdown();
    var _ = resources.shutdown();
  }
}
