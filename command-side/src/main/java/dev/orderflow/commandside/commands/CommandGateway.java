package dev.orderflow.commandside.commands;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.tracing.Traces;
import io.grpc.Context;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has commands decided, and waits until what they have changed is committed. */
@Component
public final class CommandGateway {
  private final Lane lane;
  private final CommandHandlers handlers;
  private final Semaphore places;
  private final Duration patience;
  private final Traces traces;

  CommandGateway(Lane lane, CommandHandlers handlers, CommandProperties properties, Traces traces) {
    this.lane = lane;
    this.traces = traces;
    this.handlers = handlers;
    this.places = new Semaphore(properties.maxInFlight());
    this.patience = properties.patience();
  }

  /**
   * Has one command decided.
   *
   * @param result what its handler answers with
   * @throws Rejection when a rule of the business refuses it
   * @throws UnavailableException when it was not decided in time
   * @throws OverloadedException when too many others wait
   */
  public <R> R execute(Object command, Class<R> result) throws Rejection {
    return inPlace(() -> {
      var deadline = deadline();
      return result.cast(await(send(command, traces.current()), deadline));
    });
  }

  /**
   * Has commands decided in their order, each on its own.
   *
   * @param read makes the command of a message, or throws what is wrong with it
   * @param trace to which trace a message belongs, as {@code traceparent}; null when to none
   * @param answered makes an outcome of a message and what the handler of its command answers with
   * @param failed makes an outcome of a message and what was thrown
   * @return an outcome for each message
   * @throws OverloadedException when too many others wait; then none is decided
   */
  public <M, O> List<O> executeAll(
      List<M> messages,
      Reader<M> read,
      Function<M, @Nullable String> trace,
      BiFunction<M, Object, O> answered,
      BiFunction<M, Exception, O> failed) {
    return inPlace(() -> {
      var deadline = deadline();
      return messages.stream()
          .map(message -> begin(message, read, trace, deadline, answered, failed))
          .toList()
          .stream()
          .map(Supplier::get)
          .toList();
    });
  }

  /** Makes a command of a message. */
  @FunctionalInterface
  public interface Reader<M> {
    /** What it throws is the outcome of the command. */
    Object read(M message) throws Rejection;
  }

  /** Sends the command; what it returns waits for the answer. */
  private <M, O> Supplier<O> begin(
      M message,
      Reader<M> read,
      Function<M, @Nullable String> trace,
      long deadline,
      BiFunction<M, Object, O> answered,
      BiFunction<M, Exception, O> failed) {
    try {
      var answer = send(read.read(message), trace.apply(message));
      return () -> {
        try {
          return answered.apply(message, await(answer, deadline));
        } catch (Rejection | RuntimeException e) {
          return failed.apply(message, e);
        }
      };
    } catch (Rejection | RuntimeException e) {
      return () -> failed.apply(message, e);
    }
  }

  /** A call, whatever it carries, takes one place: its commands share the wait. */
  private <T, E extends Exception> T inPlace(Work<T, E> work) throws E {
    if (!places.tryAcquire()) {
      throw new OverloadedException("Too many requests at once; wait a little and try again.");
    }
    try {
      return work.run();
    } finally {
      places.release();
    }
  }

  private interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** A caller whose call has a deadline waits no longer than until then. */
  private long deadline() {
    var most = patience.toNanos();
    var call = Context.current().getDeadline();
    return System.nanoTime()
        + (call == null ? most : Math.clamp(call.timeRemaining(TimeUnit.NANOSECONDS), 0, most));
  }

  private CompletableFuture<Object> send(Object command, @Nullable String trace) {
    var answer = new CompletableFuture<Object>();
    var span = traces.begin(command.getClass().getSimpleName(), trace);
    var _ = answer.whenComplete((_, failure) -> span.end(failure));
    lane.add(new PendingCommand(command, handlers.of(command), Context.current(), span, answer));
    return answer;
  }

  private static Object await(CompletableFuture<Object> answer, long deadline) throws Rejection {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      switch (Objects.requireNonNull(e.getCause(), "of an ExecutionException")) {
        case Rejection rejection -> throw rejection;
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case Throwable other -> throw new IllegalStateException(other);
      }
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw new UnavailableException("Too many others wait at the moment; try again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("This instance stops; try again.", e);
    }
  }
}
