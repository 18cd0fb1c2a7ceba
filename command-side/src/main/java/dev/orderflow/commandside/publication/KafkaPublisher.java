package dev.orderflow.commandside.publication;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.kafka.EventTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;
import org.axonframework.messaging.EventPublicationFailedException;

/** Sends a whole batch, then waits once until every record of it is acknowledged. */
final class KafkaPublisher {
  private final ProducerFactory<String, byte[]> producers;
  private final KafkaMessageConverter<String, byte[]> converter;
  private final Duration timeout;

  KafkaPublisher(
      ProducerFactory<String, byte[]> producers,
      KafkaMessageConverter<String, byte[]> converter,
      Duration timeout) {
    this.producers = producers;
    this.converter = converter;
    this.timeout = timeout;
  }

  /**
   * Publishes the events in their order.
   *
   * @throws EventPublicationFailedException when not all are acknowledged in time; some may be. The
   *     producer is closed then, so that nothing of this batch can overtake the next attempt.
   */
  void publish(List<? extends EventMessage<?>> events) {
    try {
      var producer = producers.createProducer();
      var deadline = System.nanoTime() + timeout.toNanos();
      var acknowledgements = new ArrayList<Future<RecordMetadata>>();
      for (var event : events) {
        var topic = EventTopic.of((DomainEvent) event.getPayload()).topicName();
        var acknowledgement = producer.send(converter.createKafkaMessage(event, topic));
        acknowledgements.add(acknowledgement);
        if (acknowledgement.state() == Future.State.FAILED) {
          // What follows must not overtake it.
          break;
        }
      }
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
