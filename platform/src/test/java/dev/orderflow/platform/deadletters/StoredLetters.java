package dev.orderflow.platform.deadletters;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The letters of a service, for tests that have its database only. */
public record StoredLetters(JdbcClient jdbc, Clock clock, String service) {
  /** All that are not at their end, as they are listed; at most so many. */
  public List<DeadLetter> open(int limit) {
    var queries = new DeadLetterQueries(jdbc);
    return queries.list(new Selection(null, null, null, null, null), null, limit).stream()
        .flatMap(place -> queries.find(place.id()).stream())
        .toList();
  }

  /** Takes a letter out that is done; whether it was there. */
  public boolean done(DeadLetter letter) {
    return new DeadLetterRedrive(jdbc, clock, service).done(letter);
  }

  /** Drops the oldest letters of strangers; so many of a source stay. */
  public void dropForeign(String source, int most) {
    retention(most, 1).dropForeign(source);
  }

  /** Forgets what came to its end more than 30 days ago, and all but so many of the others. */
  public void forgetEnded(int most) {
    retention(1, most).forgetEnded();
  }

  private DeadLetterRetention retention(int maxForeign, int maxEnded) {
    return new DeadLetterRetention(jdbc, clock, new SimpleMeterRegistry(), maxForeign, maxEnded);
  }
}
