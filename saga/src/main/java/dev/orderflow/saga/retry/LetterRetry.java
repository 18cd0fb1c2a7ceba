package dev.orderflow.saga.retry;

import dev.orderflow.platform.consumption.Outage;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.saga.commandside.Refusal;
import dev.orderflow.saga.consumption.EventProcessors;
import dev.orderflow.saga.consumption.UnreadableRecordException;
import dev.orderflow.saga.quarantine.DeadLetter;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.quarantine.KeptRecord;
import dev.orderflow.saga.quarantine.KeptTask;
import dev.orderflow.saga.tasks.HopelessException;
import dev.orderflow.saga.tasks.OwnFailureException;
import dev.orderflow.saga.tasks.TaskHandler;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a queue of letters on, each when the one before it is done. The first that fails again
 * stays where it is, with an attempt more, and so do those behind it.
 */
final class LetterRetry {
  private static final Logger LOG = LoggerFactory.getLogger(LetterRetry.class);

  private final DeadLetters letters;
  private final EventProcessors processors;
  private final Function<String, TaskHandler<?>> handlers;
  private final TracedRecords traced;

  /**
   * @param handlers the one for each name of a kind of tasks; throws when there is none
   */
  LetterRetry(
      DeadLetters letters,
      EventProcessors processors,
      Function<String, TaskHandler<?>> handlers,
      TracedRecords traced) {
    this.traced = traced;
    this.letters = letters;
    this.processors = processors;
    this.handlers = handlers;
  }

  void retry(LetterQueue queue) {
    for (var letter = queue.first(letters); letter.isPresent(); letter = queue.first(letters)) {
      try {
        sendOn(letter.get());
      } catch (RuntimeException e) {
        if (mayBeOverSoon(e)) {
          throw e;
        }
        LOG.error("Dead letter {} of {} failed again", letter.get().id(), queue.id(), e);
        letters.failedAgain(letter.get(), cause(e));
        return;
      }
    }
  }

  /** Then the retry itself is tried again, and no attempt was made. */
  private static boolean mayBeOverSoon(RuntimeException failure) {
    return Outage.caused(failure)
        || (failure instanceof StatusRuntimeException
            && !Refusal.is(failure)
            && !Refusal.isFault(failure));
  }

  private void sendOn(DeadLetter letter) {
    switch (letter.content()) {
      case KeptRecord record ->
          traced.follow(
              letter.source().id(),
              List.of(record.record()),
              () -> processors.processorOf(letter.source()).retry(letter, record));
      case KeptTask task -> {
        handlers.apply(task.name()).retry(task);
        letters.remove(letter);
      }
    }
  }

  /** Only the command side's messages, and those made for letters, are known to quote nothing. */
  private static String cause(RuntimeException failure) {
    return "It failed again: "
        + switch (failure) {
          case StatusRuntimeException answer -> answer.getMessage();
          case UnreadableRecordException unreadable -> unreadable.getMessage();
          case OwnFailureException own -> own.getMessage();
          case HopelessException hopeless -> hopeless.getMessage();
          default -> failure.getClass().getName();
        };
  }
}
