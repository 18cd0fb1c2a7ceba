package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.consumption.Reading;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.kafka.TracedRecords;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends letters on that were claimed. What fails again stays, with an attempt more. */
final class LetterSender {
  private static final Logger LOG = LoggerFactory.getLogger(LetterSender.class);
  private static final int MOST_THAT_FOLLOW = 1_000;

  /** Each has to be read, and may be as large as a record. */
  private static final int MOST_OF_LATER_RELEASES = 100;

  private final DeadLetterQueries letters;
  private final DeadLetterRedrive redrive;
  private final List<LetterWork> works;
  private final RecordReader reader;
  private final TracedRecords traced;
  private final Duration pause;

  LetterSender(
      DeadLetterQueries letters,
      DeadLetterRedrive redrive,
      List<LetterWork> works,
      RecordReader reader,
      TracedRecords traced,
      DeadLetterProperties properties) {
    this.letters = letters;
    this.redrive = redrive;
    this.works = List.copyOf(works);
    this.reader = reader;
    this.traced = traced;
    this.pause = properties.checkInterval();
  }

  Set<String> sources() {
    return works.stream()
        .flatMap(work -> work.sources().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  void send(DeadLetter letter) {
    var work =
        works.stream()
            .filter(one -> one.sources().contains(letter.source()))
            .findFirst()
            .orElseThrow();
    try {
      send(letter, work);
    } catch (RuntimeException e) {
      if (work.mayBeOverSoon(e)) {
        LOG.warn("Letter {} of {} waits: {}", letter.id(), letter.source(), e.getMessage());
        redrive.postpone(letter, pause);
      } else {
        LOG.error("Letter {} of {} failed again", letter.id(), letter.source(), e);
        redrive.failed(letter, PermanentFailure.FAILED, work.causeOf(e));
      }
    }
  }

  private void send(DeadLetter letter, LetterWork work) {
    switch (letter.content()) {
      case KeptRecord record -> {
        switch (reader.read(record.record())) {
          case Reading.Event(var event) ->
              traced.follow(
                  letter.source(),
                  List.of(record.record()),
                  () -> work.workOn(letter, event, () -> redrive.done(letter)));
          case Reading.Later(var reason) -> redrive.failed(letter, PermanentFailure.LATER, reason);
          case Reading.Foreign(var reason) ->
              redrive.failed(letter, PermanentFailure.FOREIGN, reason);
        }
      }
      case KeptTask task -> {
        work.workOn(task);
        var _ = redrive.done(letter);
      }
    }
  }

  /**
   * Has those sent on that this release can read and that the one before could not, and those that
   * nothing is before any more.
   */
  void sendOnWhatCanGoOn() {
    redrive.mayGoOn(PermanentFailure.FOLLOWING, MOST_THAT_FOLLOW).forEach(redrive::goOn);
    redrive.mayGoOn(PermanentFailure.LATER, MOST_OF_LATER_RELEASES).stream()
        .filter(id -> letters.find(id).filter(this::canBeRead).isPresent())
        .forEach(redrive::goOn);
  }

  private boolean canBeRead(DeadLetter letter) {
    return letter.content() instanceof KeptRecord record
        && !(reader.read(record.record()) instanceof Reading.Later);
  }
}
