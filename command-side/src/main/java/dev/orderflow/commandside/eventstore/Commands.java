package dev.orderflow.commandside.eventstore;

import dev.orderflow.api.Rejection;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.grpc.CallDeadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Sends commands to the aggregates. One that loses a race against another writer of the same stream
 * is decided again, on what the other has left, a bounded number of times; see {@link Turn}.
 */
public final class Commands {
  private static final RetryPolicy ON_CONFLICT =
      RetryPolicy.builder()
          .includes(ConflictException.class)
          .maxRetries(5)
          .delay(Duration.ofMillis(4))
          .jitter(Duration.ofMillis(4))
          .build();

  /** Into how many queues commands are divided at least, so that a hot one leaves places free. */
  private static final int STREAMS_AT_LEAST = 4;

  private final CommandBus bus;
  private final Duration patience;
  private final Semaphore places;
  private final StreamLocks locks;
  private final RetryTemplate retries = new RetryTemplate(ON_CONFLICT);

  Commands(CommandBus bus, CommandProperties properties) {
    this.bus = bus;
    this.patience = properties.patience();
    this.places = new Semaphore(properties.maxInFlight());
    this.locks = new StreamLocks(Math.ceilDiv(properties.maxInFlight(), STREAMS_AT_LEAST));
  }

  /**
   * Has the command handled, in a transaction of its own.
   *
   * @param result what its handler answers with
   * @throws Rejection when a rule of the business refuses it
   * @throws AggregateNotFoundException when what it is asked of does not exist
   * @throws UnavailableException when it kept losing against other writers, or waited too long
   * @throws OverloadedException when too many others are being handled, or want the same
   */
  public <R> R execute(Object command, Class<R> result) throws Rejection {
    if (!places.tryAcquire()) {
      throw new OverloadedException("Too many requests at once; wait a little and try again.");
    }
    try {
      return result.cast(payloadOf(untilDecided(command)));
    } finally {
      places.release();
    }
  }

  private CommandResultMessage<?> untilDecided(Object command) {
    var attempts = new Attempts(command);
    try {
      return retries.execute(attempts::next);
    } catch (RetryException e) {
      throw switch (e.getCause()) {
        case ConflictException conflict ->
            new UnavailableException(
                "Too many others change the same thing right now; try again.", conflict.getCause());
        case InterruptedException stopping ->
            new UnavailableException("This instance stops; try again.", stopping);
        case RuntimeException failure -> failure;
        case Throwable other -> new IllegalStateException(other);
      };
    }
  }

  private static Object payloadOf(CommandResultMessage<?> outcome) throws Rejection {
    if (!outcome.isExceptional()) {
      return outcome.getPayload();
    }
    switch (outcome.exceptionResult()) {
      case Rejection rejection -> throw rejection;
      case RuntimeException failure -> throw failure;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
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

  /** One command, until it is decided. */
  private final class Attempts {
    private final Object command;
    private final long deadline = System.nanoTime() + CallDeadline.remaining(patience).toNanos();
    private int count;

    Attempts(Object command) {
      this.command = command;
    }

    CommandResultMessage<?> next() throws ConflictException {
      count++;
      var left = Duration.ofNanos(deadline - System.nanoTime());
      try (var _ = locks.acquire(CommandTargets.streamsOf(command), left)) {
        CallDeadline.requireTimeLeft();
        return dispatch();
      }
    }

    /** The bus handles the command on the calling thread. */
    private CommandResultMessage<?> dispatch() throws ConflictException {
      var answer = new AtomicReference<@Nullable CommandResultMessage<?>>();
      var message =
          new GenericCommandMessage<>(
              command, MetaData.from(Map.of(Turn.KEY, Turn.of(command, count))));
      bus.dispatch(message, (_, result) -> answer.set(result));
      var result = answer.get();
      if (result == null) {
        throw new IllegalStateException("no answer to " + command.getClass());
      }
      if (result.isExceptional() && isConflict(result.exceptionResult())) {
        throw new ConflictException(result.exceptionResult());
      }
      return result;
    }
  }
}
