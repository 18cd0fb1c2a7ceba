package dev.orderflow.platform.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.deadletters.DeadLetter.State;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.RecordedTraces;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LetterSenderTest {
  private static final String VIEW = "product-view";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final ProductCreatedEvent CREATED =
      new ProductCreatedEvent(
          new ProductId("PROD-ABC"),
          "Kettle",
          "1,7 L",
          new BigDecimal("50000.0"),
          Currency.getInstance("VND"),
          1,
          true,
          NOW);

  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
  private final RecordedTraces traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
  private final View view = new View(new ArrayList<>());
  private final JdbcClient noDatabase = JdbcClient.create(new DriverManagerDataSource());
  private final LetterSender sender =
      new LetterSender(
          new DeadLetterQueries(noDatabase),
          new DeadLetterRedrive(noDatabase, Clock.systemUTC(), "query-side"),
          List.of(view),
          new RecordReader(converter),
          new TracedRecords(traces.traces()),
          new DeadLetterProperties(Duration.ofSeconds(1)));

  private record View(List<SequencedEvent> taken) implements LetterWork {
    @Override
    public Set<String> sources() {
      return Set.of(VIEW);
    }

    @Override
    public void workOn(DeadLetter letter, SequencedEvent event, BooleanSupplier takeOut) {
      taken.add(event);
    }
  }

  @Test
  void a_record_is_sent_on_as_a_part_of_its_trace() {
    sender.send(letter());

    assertThat(view.taken()).extracting(SequencedEvent::event).containsExactly(CREATED);
    assertThat(traces.spans())
        .singleElement()
        .satisfies(span -> {
          assertThat(span.getName()).isEqualTo("product-view ProductCreatedEvent");
          assertThat(span.getTraceId()).isEqualTo(TRACE);
        });
  }

  private DeadLetter letter() {
    var sent =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("Product", "product-PROD-ABC", 0, CREATED), "products");
    var record = new ConsumerRecord<>("products", 0, 0, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    var trace = "00-%s-00f067aa0ba902b7-01".formatted(TRACE);
    record.headers().add("traceparent", trace.getBytes(UTF_8));
    return new DeadLetter(
        1,
        VIEW,
        null,
        null,
        KeptRecord.of(new UUID(0, 7), record),
        PermanentFailure.FAILED,
        "a test",
        1,
        NOW,
        State.RETRYING,
        List.of());
  }
}
