package dev.orderflow.commandside.eventstore;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.orderflow.platform.grpc.CallDeadline;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Before a command loads anything: takes its turn at its streams, with advisory locks that all
 * instances take in the same order and PostgreSQL frees when the transaction ends; then asks where
 * the streams end. What is cached is trusted up to there, see {@link CachingRepository}.
 *
 * <p>These are two statements, because what a statement sees is fixed before it waits for a lock.
 */
final class TakeTurn implements MessageHandlerInterceptor<CommandMessage<?>> {
  private static final HashFunction HASH = Hashing.farmHashFingerprint64();

  private final JdbcClient jdbc;
  private final StreamHeads heads;

  TakeTurn(JdbcClient jdbc, StreamHeads heads) {
    this.jdbc = jdbc;
    this.heads = heads;
  }

  @Override
  public @Nullable Object handle(
      UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
    var command = unitOfWork.getMessage();
    var streamIds = CommandTargets.streamsOf(command.getPayload());
    lock(Objects.requireNonNull((Turn) command.getMetaData().get(Turn.KEY)), streamIds);
    new KnownHeads(heads.of(streamIds)).keepIn(unitOfWork);
    CallDeadline.requireTimeLeft();
    return chain.proceed();
  }

  private void lock(Turn turn, Collection<String> streamIds) {
    var keys =
        streamIds.stream()
            .map(id -> HASH.hashString(id, StandardCharsets.UTF_8).asLong())
            .sorted()
            .distinct()
            .toArray(Long[]::new);
    jdbc.sql("SELECT " + turn.lockFunction() + "(key) FROM unnest(?::bigint[]) AS key")
        .param(keys)
        .query((_, _) -> turn)
        .list();
  }
}
