package dev.orderflow.commandside.testing;

import dev.orderflow.api.DomainEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;

/**
 * One type of aggregate on an event store in memory. Every command finds the aggregate rebuilt from
 * its events, so that nothing can be remembered that is not in them. Every reading of the clock is
 * a second later.
 */
public final class AggregateDriver<T> {
  private final Class<T> type;
  private final EventStorageEngine engine = new InMemoryEventStorageEngine();
  private final EventStore store = EmbeddedEventStore.builder().storageEngine(engine).build();
  private final EventSourcingRepository<T> repository;
  private final CommandBus bus = SimpleCommandBus.builder().build();
  private Instant now = Instant.parse("2024-07-31T10:00:00Z");

  /** With no events yet. */
  public AggregateDriver(Class<T> type) {
    this.type = type;
    InstantSource ticking = () -> now = now.plusSeconds(1);
    Clock clock = ticking.withZone(ZoneOffset.UTC);
    var parameters =
        MultiParameterResolverFactory.ordered(
            ClasspathParameterResolverFactory.forClass(type),
            new SimpleResourceParameterResolverFactory(List.of(clock)));
    repository =
        EventSourcingRepository.builder(type)
            .eventStore(store)
            .parameterResolverFactory(parameters)
            .build();
    AggregateAnnotationCommandHandler.<T>builder()
        .aggregateType(type)
        .repository(repository)
        .parameterResolverFactory(parameters)
        .commandTargetResolver(new CommandTargets())
        .build()
        .subscribe(bus);
  }

  /**
   * What became of a command: one of both is null.
   *
   * @param answer the handler's
   * @param error what it threw instead
   */
  public record Outcome(Object answer, Throwable error) {}

  /** The instant of the last reading of the clock. */
  public Instant now() {
    return now;
  }

  /** Appends an event that was decided elsewhere. */
  public void given(String streamId, DomainEvent event) {
    engine.appendEvents(
        new GenericDomainEventMessage<>(
            type.getSimpleName(), streamId, events(streamId).size(), event));
  }

  /** Has the command handled by the aggregate that is loaded for it. */
  public Outcome execute(Object command) {
    var result = new AtomicReference<CommandResultMessage<?>>();
    bus.dispatch(new GenericCommandMessage<>(command), (_, answer) -> result.set(answer));
    var outcome = Objects.requireNonNull(result.get(), "the bus answers on the calling thread");
    return outcome.isExceptional()
        ? new Outcome(null, outcome.exceptionResult())
        : new Outcome(outcome.getPayload(), null);
  }

  /** The stream so far. */
  public List<DomainEvent> events(String streamId) {
    return engine
        .readEvents(streamId)
        .asStream()
        .map(message -> (DomainEvent) message.getPayload())
        .toList();
  }

  /** What the function sees in the aggregate when it is rebuilt from its events. */
  public <S> S rebuilt(String streamId, Function<T, S> state) {
    var unitOfWork = DefaultUnitOfWork.startAndGet(null);
    return unitOfWork.executeWithResult(() -> repository.load(streamId).invoke(state)).getPayload();
  }
}
