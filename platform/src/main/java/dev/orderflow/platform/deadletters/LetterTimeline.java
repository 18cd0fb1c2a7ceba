package dev.orderflow.platform.deadletters;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.RecordPlace;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelinePart;
import dev.orderflow.platform.timeline.TimelineSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;

/** What of an order cannot proceed in this service. */
public final class LetterTimeline implements TimelineSource {
  private final DeadLetterQueries letters;
  private final String service;

  LetterTimeline(DeadLetterQueries letters, @Value("${spring.application.name}") String service) {
    this.letters = letters;
    this.service = service;
  }

  private record Shown(String id, String cause, int attempts, @Nullable RecordPlace record) {}

  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    return letters.open(orderId, TimelinePart.MOST).stream()
        .flatMap(id -> letters.find(id).stream())
        .map(this::entry)
        .toList();
  }

  private TimelineEntry entry(DeadLetter letter) {
    var place = letter.content() instanceof KeptRecord record ? record.place() : null;
    return TimelineEntry.of(Kind.LETTER, letter.source(), letter.since())
        .with(new Shown(service + "-" + letter.id(), letter.cause(), letter.attempts(), place));
  }
}
