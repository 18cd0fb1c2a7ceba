package dev.orderflow.commandside.eventstore;

import dev.orderflow.api.Rejection;
import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Sends commands to the aggregates. One that loses a race against another writer of the same stream
 * is decided again, on what the other has left, a bounded number of times.
 */
public final class Commands {
  private static final RetryPolicy ON_CONFLICT =
      RetryPolicy.builder()
          .includes(ConflictException.class)
          .maxRetries(12)
          .delay(Duration.ofMillis(4))
          .jitter(Duration.ofMillis(4))
          .multiplier(1.5)
          .maxDelay(Duration.ofMillis(150))
          .build();

  private final CommandBus bus;
  private final RetryTemplate retries = new RetryTemplate(ON_CONFLICT);

  Commands(CommandBus bus) {
    this.bus = bus;
  }

  /**
   * Has the command handled, in a transaction of its own.
   *
   * @param result what its handler answers with
   * @throws Rejection when a rule of the business refuses it
   * @throws AggregateNotFoundException when what it is asked of does not exist
   * @throws UnavailableException when it kept losing against other writers
   */
  public <R> R execute(Object command, Class<R> result) throws Rejection {
    CommandResultMessage<?> outcome;
    try {
      outcome = retries.execute(() -> dispatch(command));
    } catch (RetryException e) {
      throw switch (e.getCause()) {
        case ConflictException conflict ->
            new UnavailableException(
                "Too many others change the same thing right now; try again.", conflict.getCause());
        case RuntimeException failure -> failure;
        case Throwable other -> new IllegalStateException(other);
      };
    }
    if (!outcome.isExceptional()) {
      return result.cast(outcome.getPayload());
    }
    switch (outcome.exceptionResult()) {
      case Rejection rejection -> throw rejection;
      case LockAcquisitionFailedException tooLong ->
          throw new UnavailableException(
              "Too many others wait for the same thing right now; try again.", tooLong);
      case RuntimeException failure -> throw failure;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  /** The bus handles the command on the calling thread. */
  private CommandResultMessage<?> dispatch(Object command) throws ConflictException {
    var answer = new AtomicReference<@Nullable CommandResultMessage<?>>();
    bus.dispatch(new GenericCommandMessage<>(command), (_, result) -> answer.set(result));
    var result = answer.get();
    if (result == null) {
      throw new IllegalStateException("no answer to " + command.getClass());
    }
    if (result.isExceptional() && isConflict(result.exceptionResult())) {
      throw new ConflictException(result.exceptionResult());
    }
    return result;
  }

  private static boolean isConflict(Throwable error) {
    return error instanceof ConcurrencyException
        || error instanceof AggregateStreamCreationException
        || error instanceof StaleAggregateException;
  }

  private static final class ConflictException extends Exception {
    ConflictException(Throwable cause) {
      super(cause);
    }
  }
}
