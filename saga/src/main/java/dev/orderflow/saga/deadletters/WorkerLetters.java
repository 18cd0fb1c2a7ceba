package dev.orderflow.saga.deadletters;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.TransientFailure;
import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.deadletters.LetterWork;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.commandside.CommandRefusal;
import dev.orderflow.saga.consumption.EventProcessors;
import dev.orderflow.saga.tasks.HopelessException;
import dev.orderflow.saga.tasks.OwnFailureException;
import dev.orderflow.saga.tasks.TaskHandlers;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Sends letters on to the workers whose they are. */
@Component
final class WorkerLetters implements LetterWork {
  private final EventProcessors processors;
  private final List<TaskHandlers> handlers;
  private final Traces traces;

  WorkerLetters(EventProcessors processors, List<TaskHandlers> handlers, Traces traces) {
    this.traces = traces;
    this.processors = processors;
    this.handlers = List.copyOf(handlers);
  }

  @Override
  public Set<String> sources() {
    return Arrays.stream(Worker.values()).map(Worker::id).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void workOn(DeadLetter letter, SequencedEvent event, BooleanSupplier takeOut) {
    processors.processorOf(Worker.of(letter.source())).retry(event.event(), takeOut);
  }

  @Override
  public void workOn(KeptTask task) {
    handlers.stream()
        .flatMap(part -> part.handlers().stream())
        .filter(handler -> handler.kind().name().equals(task.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nobody here does tasks named " + task.name()))
        .retry(task, traces);
  }

  @Override
  public boolean mayBeOverSoon(RuntimeException failure) {
    return TransientFailure.caused(failure)
        || failure instanceof CallNotPermittedException
        || failure instanceof BulkheadFullException
        || failure instanceof RejectedExecutionException
        || (failure instanceof StatusRuntimeException
            && !CommandRefusal.is(failure)
            && !CommandRefusal.isFault(failure));
  }

  /** Only the command side's messages, and those made for letters, are known to quote nothing. */
  @Override
  public String causeOf(RuntimeException failure) {
    return "It failed again: "
        + switch (failure) {
          case StatusRuntimeException answer -> answer.getMessage();
          case OwnFailureException own -> own.getMessage();
          case HopelessException hopeless -> hopeless.getMessage();
          default -> failure.getClass().getName();
        };
  }
}
