package dev.orderflow.gateway.seal;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.Lists;
import dev.orderflow.platform.redis.FirstConnection;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ids of what is sealed and counts no longer although it has not expired: sessions that were signed
 * out, codes that were redeemed. All instances learn of them through Redis, at once. While Redis is
 * away each one knows those that ended on it, and tells them when Redis is back, be it with or
 * without what it knew before.
 */
public final class EndedIds {
  private static final Logger LOG = LoggerFactory.getLogger(EndedIds.class);
  private static final String PREFIX = "ended:";
  private static final int REMEMBERED = 100_000;
  private static final int TOLD_TOGETHER = 1_000;

  /** By which it knows its own ids in Redis: those that are told again were not ended twice. */
  private final String own = UUID.randomUUID().toString();

  private final Duration patience;
  private final InstantSource clock;
  private final Cache<String, Instant> here =
      CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
  private final FirstConnection<StatefulRedisConnection<String, String>> connection;

  /**
   * Connects when it is first asked.
   *
   * @param client connects again by itself, and rejects commands meanwhile
   * @param patience how long Redis may take
   */
  public EndedIds(RedisClient client, Duration patience, InstantSource clock) {
    this.patience = patience;
    this.clock = clock;
    connection = new FirstConnection<>(() -> connect(client));
  }

  /**
   * From now on the id has ended.
   *
   * @param until after that it has expired and need not be remembered
   * @return whether it had not ended before
   */
  public boolean end(String id, Instant until) {
    var first = here.asMap().putIfAbsent(id, until) == null;
    return first && ask(commands -> tell(commands, id, until)).orElse(true);
  }

  /** Whether the id has ended, as far as this instance can know. */
  public boolean isEnded(String id) {
    return here.getIfPresent(id) != null
        || ask(commands -> commands.exists(PREFIX + id).thenApply(count -> count > 0))
            .orElse(false);
  }

  private SetArgs untilThen(Instant until) {
    return SetArgs.Builder.nx()
        .px(Math.max(1, Duration.between(clock.instant(), until).toMillis()));
  }

  private StatefulRedisConnection<String, String> connect(RedisClient client) {
    var connected = client.connect();
    connected.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisConnected(RedisChannelHandler<?, ?> again, SocketAddress address) {
            tellAll(connected.async());
          }
        });
    tellAll(connected.async());
    return connected;
  }

  /** One part after the other: the client takes only so many commands that are not answered. */
  private void tellAll(RedisAsyncCommands<String, String> commands) {
    here.asMap().values().removeIf(until -> !until.isAfter(clock.instant()));
    var told = CompletableFuture.<@Nullable Void>completedFuture(null);
    for (var part : Lists.partition(List.copyOf(here.asMap().entrySet()), TOLD_TOGETHER)) {
      told =
          told.thenCompose(_ ->
              CompletableFuture.allOf(
                      part.stream()
                          .map(id -> tell(commands, id.getKey(), id.getValue()))
                          .map(CompletionStage::toCompletableFuture)
                          .toArray(CompletableFuture[]::new))
                  .exceptionally(_ -> null));
    }
  }

  /** Whether no other instance has told it. */
  private CompletionStage<Boolean> tell(
      RedisAsyncCommands<String, String> commands, String id, Instant until) {
    return commands
        .set(PREFIX + id, own, untilThen(until))
        .thenCompose(set ->
            set == null
                ? commands.get(PREFIX + id).thenApply(own::equals)
                : CompletableFuture.completedFuture(true));
  }

  private <T> Optional<T> ask(
      Function<RedisAsyncCommands<String, String>, CompletionStage<T>> question) {
    try {
      return Optional.of(
          connection
              .get()
              .thenCompose(connected -> question.apply(connected.async()))
              .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
              .join());
    } catch (CompletionException e) {
      LOG.debug("Redis does not answer: {}", String.valueOf(e.getCause()));
      return Optional.empty();
    }
  }
}
