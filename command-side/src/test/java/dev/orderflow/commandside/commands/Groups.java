package dev.orderflow.commandside.commands;

import dev.orderflow.commandside.Instance;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.platform.tracing.Traces.OpenSpan;
import dev.orderflow.voucher.VoucherConfiguration;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;

/** Instances of the command side whose groups a test makes itself; they have vouchers, too. */
final class Groups implements AutoCloseable {
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final List<Instance> instances = new ArrayList<>();

  Groups(int instances) {
    for (var i = 0; i < instances; i++) {
      this.instances.add(
          Instance.start(
              database,
              "--spring.main.sources=" + VoucherConfiguration.class.getName(),
              "--orderflow.event-store.snapshot-every=7"));
    }
  }

  TestPostgres.Database database() {
    return database;
  }

  /** Has one instance decide the commands as one group. What each was answered, or threw. */
  List<Object> decide(int instance, List<?> commands) {
    var handlers = instances.get(instance).bean(CommandHandlers.class);
    var pending =
        commands.stream()
            .map(command ->
                new PendingCommand(
                    command,
                    handlers.of(command),
                    Context.ROOT,
                    OpenSpan.NONE,
                    new CompletableFuture<>()))
            .toList();
    instances.get(instance).bean(CommandGroups.class).decide(pending);
    return pending.stream().map(Groups::outcome).toList();
  }

  private static Object outcome(PendingCommand pending) {
    if (!pending.answer().isDone()) {
      throw new AssertionError("not answered: " + pending.command());
    }
    try {
      return pending.answer().get();
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The events of a stream. */
  List<DomainEventMessage<?>> events(String streamId) {
    return instances
        .getFirst()
        .bean(EventStorage.class)
        .read(Map.of(streamId, 0L))
        .getOrDefault(streamId, List.of());
  }

  Stream<Object> payloads(String streamId) {
    return events(streamId).stream().map(DomainEventMessage::getPayload);
  }

  @Override
  public void close() {
    instances.forEach(Instance::close);
  }
}
