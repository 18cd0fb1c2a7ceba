package dev.orderflow.saga.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Reading;
import dev.orderflow.platform.consumption.RecordPlace;
import dev.orderflow.platform.consumption.RecordReader;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.KeptRecord;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.deadletters.StoredLetters;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.testing.SagaDatabase;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

class EventProcessorIT {
  private static final OrderId A = new OrderId("ORD-A");
  private static final OrderId B = new OrderId("ORD-B");
  private static final SagaDatabase DATABASE = new SagaDatabase();

  private static final UUID TOPIC_ID = new UUID(0, 1);
  private static final Subscription GROUP =
      new Subscription("group", Map.of(EventTopic.ORDERS, TOPIC_ID));
  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
  private final DeadLetters letters = new DeadLetters(DATABASE.jdbc(), Clock.systemUTC());
  private final StoredLetters stored =
      new StoredLetters(DATABASE.jdbc(), Clock.systemUTC(), "saga");
  private final List<OrderId> done = new ArrayList<>();
  private final RecordedTraces traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
  private @Nullable OrderId failing;
  private @Nullable RuntimeException failure;
  private final EventProcessor processor = processor(Worker.ORDER_SAGA, this::workOn);
  private Runnable meanwhile = () -> {};
  private long offset;

  EventProcessorIT() {
    DATABASE.jdbc().sql("DELETE FROM dead_letter").update();
  }

  @Test
  void what_is_no_event_is_kept_and_holds_up_nobody_not_even_the_order_of_its_key() {
    processor.accept(GROUP, List.of(confirmed(A), unreadable("ORD-A"), confirmed(A), confirmed(B)));
    processor.accept(GROUP, List.of(confirmed(B), confirmed(A)));

    assertThat(done).containsExactly(A, A, B, B, A);
    assertThat(kept()).containsExactly("null 1");
    var letter = stored.open(9).getFirst();
    assertThat(letter.source()).isEqualTo(Worker.ORDER_SAGA.id());
    assertThat(letter.cause()).contains("ce_specversion");
    assertThat(((KeptRecord) letter.content()).place())
        .isEqualTo(new RecordPlace("orders", TOPIC_ID.toString(), 0, 1, "ORD-A"));
  }

  @Test
  void a_type_that_only_a_later_release_knows_is_kept_for_it_with_what_follows() {
    processor.accept(GROUP, List.of(later(A), confirmed(A), confirmed(B)));

    assertThat(done).containsExactly(B);
    assertThat(kept()).containsExactly("ORD-A 1", "ORD-A 0");
  }

  @Test
  void what_is_no_event_does_not_wait_behind_a_letter_and_so_holds_up_nothing_there() {
    processor.accept(GROUP, List.of(later(A), unreadable("ORD-A"), confirmed(A)));

    // What strangers write comes last, so that it buries nothing.
    assertThat(kept()).containsExactly("ORD-A 1", "ORD-A 0", "null 1");
  }

  @Test
  void what_cannot_be_worked_on_is_kept_and_the_others_of_its_batch_are_done() {
    fail(A, new IllegalArgumentException("a bug"));

    processor.accept(GROUP, List.of(confirmed(B), confirmed(A), confirmed(B), confirmed(A)));

    assertThat(done).containsExactly(B, B);
    assertThat(kept()).containsExactly("ORD-A 1", "ORD-A 0");
    assertThat(stored.open(1).getFirst().cause()).contains("IllegalArgumentException");
  }

  @Test
  void while_the_database_fails_nothing_is_given_up_and_the_batch_is_not_done() {
    fail(A, new IllegalStateException(new SQLException("gone", "57P01")));

    assertThatThrownBy(() -> processor.accept(GROUP, List.of(unreadable("ORD-B"), confirmed(A))))
        .isSameAs(failure);

    assertThat(kept()).isEmpty();
  }

  @Test
  void while_others_are_faster_nothing_is_given_up_and_the_poll_is_not_done() {
    fail(A, new OptimisticLockingFailureException("others"));

    assertThatThrownBy(() -> processor.accept(GROUP, List.of(confirmed(A), confirmed(B))))
        .isSameAs(failure);

    assertThat(kept()).isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void a_letter_that_is_kept_while_a_poll_is_worked_on_sends_the_poll_back() {
    meanwhile = () -> keepLetter(A);

    assertThatThrownBy(() -> processor.accept(GROUP, List.of(confirmed(A), confirmed(B))))
        .isInstanceOf(OptimisticLockingFailureException.class);

    assertThat(done).isEmpty();
    processor.accept(GROUP, List.of(confirmed(A), confirmed(B)));
    assertThat(done).containsExactly(B);
    assertThat(kept()).hasSize(2);
  }

  @Test
  void a_letter_that_leaves_while_a_poll_is_worked_on_sends_the_poll_back() {
    keepLetter(A);
    meanwhile = () -> stored.done(stored.open(1).getFirst());

    assertThatThrownBy(() -> processor.accept(GROUP, List.of(confirmed(A), confirmed(B))))
        .isInstanceOf(OptimisticLockingFailureException.class);

    meanwhile = () -> {};
    processor.accept(GROUP, List.of(confirmed(A), confirmed(B)));
    assertThat(done).containsExactly(A, B);
  }

  @Test
  void an_event_of_our_own_waits_behind_a_letter_of_its_order_and_the_others_go_on() {
    keepLetter(A);

    processor.process(Map.of(A, event(A), B, event(B)));

    assertThat(done).containsExactly(B);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void an_event_of_our_own_that_fails_keeps_no_other_from_being_done() {
    fail(A, new IllegalArgumentException("a bug"));

    processor.process(Map.of(A, event(A), B, event(B)));

    assertThat(done).containsExactly(B);
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_type_that_is_ignored_is_told_by_its_header_and_not_even_parsed() {
    var ignored = unreadable("ORD-A");
    ignored.headers().add("ce_type", bytes("dev.orderflow.ordering.OrderCancelledEvent"));

    processor.accept(GROUP, List.of(ignored, confirmed(A)));

    assertThat(done).containsExactly(A);
    assertThat(kept()).isEmpty();
  }

  private void keepLetter(OrderId orderId) {
    letters.keep(
        Worker.ORDER_SAGA.id(),
        orderId.value(),
        new KeptTask("confirm", orderId.value(), "{}", null),
        "refused",
        1);
  }

  private static OrderConfirmedEvent event(OrderId orderId) {
    return new OrderConfirmedEvent(orderId, Instant.EPOCH);
  }

  @Test
  void a_batch_that_comes_again_is_kept_once() {
    var batch = List.of(later(A), confirmed(A));

    processor.accept(GROUP, batch);
    processor.accept(GROUP, batch);

    assertThat(kept()).hasSize(2);
    assertThat(done).isEmpty();
  }

  @Test
  void a_record_whose_key_is_no_order_is_kept_and_holds_up_nobody() {
    for (var key : new String[] {null, "", "a\0b", "x".repeat(100_000)}) {
      processor.accept(GROUP, List.of(unreadable(key), confirmed(A)));
    }

    assertThat(done).containsExactly(A, A, A, A);
    assertThat(stored.open(9)).hasSize(4).allMatch(letter -> letter.orderId() == null);
  }

  @Test
  void a_letter_of_one_worker_holds_up_no_other() {
    processor.accept(GROUP, List.of(later(A)));
    var others = new ArrayList<DomainEvent>();

    processor(Worker.NOTIFICATION, events -> () -> others.addAll(events))
        .accept(GROUP, List.of(confirmed(A)));

    assertThat(others).hasSize(1);
  }

  @Test
  void a_retried_record_is_worked_on_as_it_was_and_its_letter_goes_with_the_work() {
    fail(A, new IllegalArgumentException("a bug"));
    processor.accept(GROUP, List.of(confirmed(A)));
    var letter = stored.open(1).getFirst();

    assertThatThrownBy(() -> retry(letter)).isSameAs(failure);
    assertThat(kept()).hasSize(1);
    failing = null;
    retry(letter);
    retry(letter);

    assertThat(done).containsExactly(A);
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_letter_to_which_a_later_release_has_added_something_is_retried_all_the_same() {
    fail(A, new IllegalArgumentException("a bug"));
    processor.accept(GROUP, List.of(confirmed(A)));
    failing = null;
    var changed =
        DATABASE
            .jdbc()
            .sql(
                "UPDATE dead_letter SET content = regexp_replace(content, '^\\{', '{\"later\":1,')")
            .update();
    assertThat(changed).isOne();

    retry(stored.open(1).getFirst());

    assertThat(done).containsExactly(A);
  }

  private void retry(DeadLetter letter) {
    var record = ((KeptRecord) letter.content()).record();
    var event = ((Reading.Event) new RecordReader(converter).read(record)).event().event();
    processor.retry(event, () -> stored.done(letter));
  }

  private void fail(OrderId orderId, RuntimeException with) {
    failing = orderId;
    failure = with;
  }

  private EventProcessor processor(Worker worker, PollHandler handler) {
    return new EventProcessor(
        worker,
        new IgnoredTypes(List.of(OrderCancelledEvent.class)),
        new RecordReader(converter),
        letters,
        DATABASE.transaction(),
        handler,
        new TracedRecords(traces.traces()));
  }

  @Test
  void a_record_is_worked_on_in_its_trace_and_its_order_finds_it() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    var traced = confirmed(A);
    traced.headers().add("traceparent", trace.getBytes(StandardCharsets.UTF_8));
    var seen = new ArrayList<@Nullable String>();

    processor(
            Worker.ORDER_SAGA,
            events -> {
              seen.add(Traces.of(A.value()));
              seen.add(Traces.of(B.value()));
              return () -> seen.add(Traces.of(A.value()));
            })
        .accept(GROUP, List.of(traced, confirmed(B)));

    assertThat(traces.spans()).hasSize(1);
    var span = traces.spans().getFirst();
    assertThat(span.getName()).isEqualTo("order-saga OrderConfirmedEvent");
    assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    var own = "00-4bf92f3577b34da6a3ce929d0e0e4736-" + span.getSpanId() + "-01";
    assertThat(seen).containsExactly(own, null, own);
  }

  private Changes workOn(List<DomainEvent> events) {
    var orders = events.stream().map(event -> ((OrderConfirmedEvent) event).orderId()).toList();
    meanwhile.run();
    if (failure != null && orders.contains(failing)) {
      throw failure;
    }
    return () -> done.addAll(orders);
  }

  private List<String> kept() {
    return stored.open(9).stream()
        .map(letter -> letter.orderId() + " " + letter.attempts())
        .toList();
  }

  private ConsumerRecord<String, byte[]> confirmed(OrderId orderId) {
    var sent =
        converter.createKafkaMessage(
            new GenericDomainEventMessage<>("Order", "order-" + orderId, 1, event(orderId)),
            "orders");
    var record = new ConsumerRecord<>("orders", 0, offset++, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return record;
  }

  private ConsumerRecord<String, byte[]> later(OrderId orderId) {
    var later = confirmed(orderId);
    later
        .headers()
        .remove("ce_type")
        .add("ce_type", bytes("dev.orderflow.ordering.OrderLaterEvent"));
    return later;
  }

  private ConsumerRecord<String, byte[]> unreadable(@Nullable String key) {
    return new ConsumerRecord<>("orders", 0, offset++, key, bytes("no event"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
