package dev.orderflow.commandside.eventstore;

import java.util.Optional;
import java.util.function.Function;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/**
 * Reads how one aggregate stands right now, without waiting for its writers.
 *
 * @param <T> the type of the aggregate
 */
public final class AggregateReader<T> {
  private final EventSourcingRepository<T> repository;

  /** The repository must not lock. */
  AggregateReader(EventSourcingRepository<T> repository) {
    this.repository = repository;
  }

  /** What the function sees in the aggregate; empty when there is no such aggregate. */
  public <S> Optional<S> read(String streamId, Function<T, S> state) {
    var unitOfWork = DefaultUnitOfWork.startAndGet(null);
    var result = unitOfWork.executeWithResult(() -> repository.load(streamId).invoke(state));
    if (!result.isExceptional()) {
      return Optional.of(result.getPayload());
    }
    return switch (result.exceptionResult()) {
      case AggregateNotFoundException _ -> Optional.empty();
      case RuntimeException failure -> throw failure;
      case Throwable other -> throw new IllegalStateException(other);
    };
  }
}
