package dev.orderflow.saga.consumption;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.ConsumerGroups;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.saga.Worker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the workers do with events, and the consumers that feed them. */
@Component
public final class EventProcessors {
  private static final int MOST_AT_ONCE = 500;

  private final ConsumerGroups groups;
  private final RecordReader reader;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;
  private final TracedRecords traced;
  private final Map<Worker, EventProcessor> processors = new ConcurrentHashMap<>();

  EventProcessors(
      ConsumerGroups groups,
      RecordReader reader,
      DeadLetters letters,
      TransactionTemplate transaction,
      TracedRecords traced) {
    this.groups = groups;
    this.reader = reader;
    this.letters = letters;
    this.transaction = transaction;
    this.traced = traced;
  }

  /**
   * A consumer that begins as soon as Kafka answers.
   *
   * @param worker that does the work; joins once
   * @param sources what it reads
   * @param ignored the types of events in them that it has no use for
   */
  public TopicFollower join(
      Worker worker,
      List<EventTopic> sources,
      List<Class<? extends DomainEvent>> ignored,
      PollHandler handler) {
    var processor =
        new EventProcessor(
            worker, new IgnoredTypes(ignored), reader, letters, transaction, handler, traced);
    processors.put(worker, processor);
    return groups.join(worker.id(), sources, MOST_AT_ONCE, processor);
  }

  /**
   * What a worker that has joined does with events.
   *
   * @throws NullPointerException when it has not joined
   */
  public EventProcessor processorOf(Worker worker) {
    return Objects.requireNonNull(processors.get(worker), worker::id);
  }
}
