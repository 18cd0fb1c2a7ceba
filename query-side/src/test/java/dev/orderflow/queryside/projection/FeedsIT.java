package dev.orderflow.queryside.projection;

import static dev.orderflow.queryside.testing.Events.created;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.PollListener;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** What serves takes events in as part of their traces, and what is built anew does not. */
class FeedsIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final RunningQuerySide running = RunningQuerySide.shared();
  private final RecordedTraces traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
  private final List<SequencedEvent> taken = new ArrayList<>();
  private final Projection<Long> projection = new Taking(taken);

  private final Feeds feeds =
      new Feeds(
          bean(RecordReader.class),
          bean(DeadLetters.class),
          bean(TransactionTemplate.class),
          new TracedRecords(traces.traces()),
          new SimpleMeterRegistry(),
          Clock.systemUTC());

  private <T> T bean(Class<T> type) {
    return running.beans(type).iterator().next();
  }

  private record Taking(List<SequencedEvent> taken) implements Projection<Long> {
    @Override
    public String name() {
      return "taking";
    }

    @Override
    public List<EventTopic> topics() {
      return List.of(EventTopic.PRODUCTS);
    }

    @Override
    public List<Table> tables() {
      return List.of();
    }

    @Override
    public SortedMap<String, Long> take(Tables tables, List<SequencedEvent> events) {
      taken.addAll(events);
      return new TreeMap<>();
    }
  }

  @Test
  void a_sampled_event_is_taken_in_in_its_trace_and_others_make_no_span() {
    var serving = feeds.serving(projection);

    feed(serving, List.of(record("A"), sampled("B")));
    feed(serving, List.of(record("A")));

    assertThat(taken).hasSize(3);
    assertThat(traces.spans())
        .singleElement()
        .satisfies(span -> {
          assertThat(span.getName()).isEqualTo("taking ProductCreatedEvent");
          assertThat(span.getTraceId()).isEqualTo(TRACE);
        });
  }

  @Test
  void what_is_built_anew_makes_no_span() {
    feed(feeds.into(projection, taken::addAll), List.of(sampled("B")));

    assertThat(taken).hasSize(1);
    assertThat(traces.spans()).isEmpty();
  }

  private static void feed(PollListener feed, List<ConsumerRecord<String, byte[]>> poll) {
    feed.accept(new Subscription("taking", Map.of(EventTopic.PRODUCTS, new UUID(0, 1))), poll);
  }

  private ConsumerRecord<String, byte[]> record(String productId) {
    var sent = running.publisher().record(created(productId, 0));
    var read = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
    sent.headers().forEach(read.headers()::add);
    return read;
  }

  private ConsumerRecord<String, byte[]> sampled(String productId) {
    var record = record(productId);
    record
        .headers()
        .add(
            "traceparent",
            "00-%s-00f067aa0ba902b7-01".formatted(TRACE).getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
