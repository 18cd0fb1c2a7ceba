package dev.orderflow.commandside.publication;

import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.AggregateType.Topics;
import dev.orderflow.commandside.eventstore.CommittedEvents.StoredEvent;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.RecordTags;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;
import org.axonframework.messaging.EventPublicationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a whole batch of stored events as they are, flushes, and waits once until every record is
 * acknowledged.
 */
final class KafkaPublisher {
  private final ProducerFactory<String, byte[]> producers;
  private final Map<String, AggregateType<?, ?>> types;
  private final Duration timeout;
  private final Traces traces;

  /**
   * @param types by their names in the event store
   */
  KafkaPublisher(
      ProducerFactory<String, byte[]> producers,
      Map<String, AggregateType<?, ?>> types,
      Duration timeout,
      Traces traces) {
    this.traces = traces;
    this.producers = producers;
    this.types = Map.copyOf(types);
    this.timeout = timeout;
  }

  /**
   * Publishes the events in their order.
   *
   * @throws EventPublicationFailedException when not all are acknowledged in time; some may be. The
   *     producer is closed then, so that nothing of this batch can overtake the next attempt.
   */
  void publish(List<StoredEvent> batch) {
    traces.together(
        "publish",
        parts(batch),
        () -> {
          send(batch, event -> EventRecordConverter.traceOf(event.data()));
          return batch;
        });
  }

  /**
   * Publishes events that were published before: what happens again is not part of their traces.
   */
  void republish(List<StoredEvent> batch) {
    send(batch, _ -> null);
  }

  /** Most events have no trace. */
  private List<Part> parts(List<StoredEvent> batch) {
    var parts = new ArrayList<Part>();
    for (var event : batch) {
      var trace = EventRecordConverter.traceOf(event.data());
      if (trace != null) {
        parts.add(
            new Part(
                "publish " + nameOf(event),
                event.data().getAggregateIdentifier(),
                trace,
                Map.of(
                    RecordTags.EVENT,
                    event.data().getEventIdentifier(),
                    RecordTags.TOPIC,
                    topicOf(event))));
      }
    }
    return parts;
  }

  private static String nameOf(StoredEvent event) {
    var type = event.data().getPayload().getType().getName();
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private void send(List<StoredEvent> batch, Function<StoredEvent, @Nullable String> trace) {
    try {
      var producer = producers.createProducer();
      var deadline = System.nanoTime() + timeout.toNanos();
      var acknowledgements = new ArrayList<Future<RecordMetadata>>();
      for (var event : batch) {
        var record = record(event);
        EventRecordConverter.addTrace(record, trace.apply(event));
        var acknowledgement = producer.send(record);
        acknowledgements.add(acknowledgement);
        if (acknowledgement.state() == Future.State.FAILED) {
          // What follows must not overtake it.
          break;
        }
      }
      producer.flush();
      await(acknowledgements, deadline);
    } catch (RuntimeException | ExecutionException | TimeoutException e) {
      close();
      throw new EventPublicationFailedException("Kafka did not acknowledge a batch", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new EventPublicationFailedException("interrupted", e);
    }
  }

  private ProducerRecord<String, byte[]> record(StoredEvent event) {
    var data = event.data();
    return EventRecordConverter.record(
        topicOf(event),
        topicsOf(event).key().apply(AggregateType.idOf(data.getAggregateIdentifier())),
        data);
  }

  private String topicOf(StoredEvent event) {
    return topicsOf(event).of().apply(event.data().getPayload().getType().getName()).topicName();
  }

  private Topics topicsOf(StoredEvent event) {
    var type = types.get(event.data().getType());
    if (type == null) {
      throw new IllegalStateException(
          "no context has aggregates of type " + event.data().getType());
    }
    return type.topics();
  }

  private static void await(List<Future<RecordMetadata>> acknowledgements, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (var acknowledgement : acknowledgements) {
      acknowledgement.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  /** Gives up what is under way. The next batch gets a new producer. */
  void close() {
    producers.shutDown();
  }
}
