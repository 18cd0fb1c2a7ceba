package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.quarantine.Letters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What takes records into a projection. */
@Component
public final class Feeds {
  private final RecordReader reader;
  private final Letters letters;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;

  Feeds(
      RecordReader reader,
      Letters letters,
      TransactionTemplate transaction,
      MeterRegistry meters,
      Clock clock) {
    this.reader = reader;
    this.letters = letters;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
  }

  /** Into the tables that serve; whoever reads them is told. */
  public PollListener serving(Projection projection) {
    var lag = new ProjectionLag(projection.name(), meters, clock);
    return into(
        projection,
        events -> {
          takeAndTell(projection, events);
          lag.taken(events);
        });
  }

  /** Takes events into the tables that serve, in the caller's transaction. */
  public static void takeAndTell(Projection projection, List<SequencedEvent> events) {
    var versions = projection.take(Tables.SERVING, events);
    if (!versions.isEmpty()) {
      projection.changed(versions);
    }
  }

  /**
   * Into any tables.
   *
   * @param intake takes in events, at least one, in the caller's transaction
   */
  public PollListener into(Projection projection, Consumer<List<SequencedEvent>> intake) {
    return new Feed(reader, letters.of(projection.name()), transaction, intake);
  }
}
