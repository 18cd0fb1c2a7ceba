package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.Outage;
import dev.orderflow.platform.consumption.Reading;
import dev.orderflow.platform.consumption.RecordQueue;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.Refusal;
import dev.orderflow.platform.consumption.SequencedEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends letters on: those of a queue one after the other, until one fails again or all are gone.
 * What only a later release can read is sent on by the first instance that can, and what an
 * instance that stopped has left by any other.
 */
@Component
class LetterRetry {
  private static final Logger LOG = LoggerFactory.getLogger(LetterRetry.class);

  private final Letters letters;
  private final Intake intake;
  private final RecordReader reader;
  private final TransactionTemplate transaction;

  LetterRetry(
      Letters letters, Intake intake, RecordReader reader, TransactionTemplate transaction) {
    this.letters = letters;
    this.intake = intake;
    this.reader = reader;
    this.transaction = transaction;
  }

  /**
   * Sends on a letter, and all of its queue in their order: those before it, too.
   *
   * @throws RuntimeException when the surroundings fail; what was not sent on stays
   */
  void retry(Letter letter) {
    if (letter.refusal().holdsUp()) {
      retry(letter.projection(), letter.queue());
    } else {
      var _ = sendOn(letter);
    }
  }

  private void retry(String projection, RecordQueue queue) {
    var next = letters.first(projection, queue);
    while (next.isPresent() && sendOn(next.get())) {
      next = letters.first(projection, queue);
    }
  }

  /** Has a record be passed over, for ever, and sends on what waits behind it. */
  void discard(Letter letter) {
    letters.discard(letter);
    LOG.warn(
        "{} passes over letter {}: it was discarded by staff", letter.projection(), letter.id());
    if (letter.refusal().holdsUp()) {
      retry(letter.projection(), letter.queue());
    }
  }

  /**
   * Looks for letters that this release can read and that the one before could not, and for those
   * that nothing is before any more.
   */
  void sendOnWhatCanGoOn() {
    for (var projection : intake.projections()) {
      for (var queue : letters.mayGoOn(projection)) {
        letters.first(projection, queue).filter(this::canGoOn).ifPresent(this::retry);
      }
    }
  }

  private boolean canGoOn(Letter letter) {
    return switch (letter.refusal()) {
      case LATER -> !(reader.read(letter.record()) instanceof Reading.Later);
      case FOLLOWING -> true;
      case FAILED, FOREIGN -> false;
    };
  }

  /** Whether nothing of the letter's queue waits for it any more. */
  private boolean sendOn(Letter letter) {
    return switch (reader.read(letter.record())) {
      case Reading.Event(var event) -> take(letter, event);
      case Reading.Later(var reason) -> {
        letters.failedAgain(letter, Refusal.LATER, reason);
        yield false;
      }
      case Reading.Foreign(var reason) -> {
        letters.failedAgain(letter, Refusal.FOREIGN, reason);
        yield true;
      }
    };
  }

  private boolean take(Letter letter, SequencedEvent event) {
    try {
      transaction.executeWithoutResult(_ -> {
        if (letters.remove(letter)) {
          intake.take(letter.projection(), List.of(event));
        }
      });
      return true;
    } catch (RuntimeException e) {
      if (Outage.caused(e)) {
        throw e;
      }
      LOG.error("Letter {} of {} failed again", letter.id(), letter.projection(), e);
      letters.failedAgain(letter, Refusal.FAILED, Letter.causeOf(e));
      return false;
    }
  }
}
