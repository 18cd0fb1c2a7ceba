package dev.orderflow.saga.ordering;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.saga.testing.StoredForms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in every stage, and the stories that lead there. */
class OrderSagaTest {
  private static final OrderId ORDER = new OrderId("ORD-1");
  private static final PaymentId PAYMENT = PaymentId.of(ORDER);
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Currency VND = Currency.getInstance("VND");
  private static final BigDecimal TOTAL = new BigDecimal("350000");

  private final SagaTestFixture<OrderSaga> fixture = new SagaTestFixture<>(OrderSaga.class);
  private final RecordedDecisions decisions = new RecordedDecisions();
  private final AtomicReference<OrderSaga> saga = new AtomicReference<>();

  @BeforeEach
  void give_the_saga_its_surroundings() {
    fixture.registerResource(decisions);
    fixture.registerHandlerEnhancerDefinition(capturing(saga));
  }

  static Stream<Arguments> rows() {
    return OrderSagaTable.TABLE
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> Arguments.of((Object[]) OrderSagaTable.cells(line)));
  }

  /** Axon's fixture does not know the rows of sagas that have ended: others could start there. */
  static Stream<Arguments> rowsWithinASaga() {
    var starting = Set.of("placed", "paid", "declined", "refunded", "refused");
    return rows().filter(row -> !(row.get()[0].equals("ENDED") && starting.contains(row.get()[1])));
  }

  @ParameterizedTest(name = "{0}, {1}: {2} {3}")
  @MethodSource("rowsWithinASaga")
  void every_event_in_every_stage_does_what_the_table_says(
      String stage, String event, String next, String expected) {
    storyTo(stage).forEach(earlier -> fixture.givenAPublished(event(earlier)));
    decisions.clear();

    var result = fixture.whenPublishingA(event(event));

    assertThat(String.join(", ", decisions.decisions()))
        .isEqualTo(OrderSagaTable.ofThisRelease(expected));
    if (next.equals("ENDED") || next.equals("NOT_STARTED")) {
      result.expectActiveSagas(0);
    } else {
      result.expectActiveSagas(1).expectAssociationWith("orderId", ORDER.value());
      assertThat(stateAsStored().get("stage").asText()).isEqualTo(next);
    }
  }

  @ParameterizedTest(name = "{0}, {1}: {2} {3}")
  @MethodSource("rows")
  void a_stored_saga_does_what_the_table_says(
      String stage, String event, String next, String expected) {
    assertThatStored(stage, "[]", event, next, OrderSagaTable.ofThisRelease(expected));
  }

  @ParameterizedTest(name = "{0}, {1}: {2} {3}")
  @MethodSource("rows")
  void a_stored_saga_of_an_earlier_release_settles_the_stock_itself(
      String stage, String event, String next, String expected) {
    assertThatStored(
        stage, "[\"A\",\"B\"]", event, next, OrderSagaTable.ofEarlierRelease(expected));
  }

  private static void assertThatStored(
      String stage, String products, String event, String next, String expected) {
    var before = stored(stage, products);
    var poll = new OrderSagaPoll(before.stream().toList(), Duration.ofMinutes(15), AT, AT);

    poll.hear((DomainEvent) event(event));

    var deadlines = List.of("start deadline at " + AT, "keep deadline", "stop deadline");
    var words = List.of(expected.isEmpty() ? new String[0] : expected.split(", "));
    assertThat(poll.commands().stream().map(RecordedDecisions::words))
        .containsExactlyElementsOf(
            words.stream().filter(word -> !deadlines.contains(word)).toList());
    var changed = poll.changed();
    var overdue = event.equals("overdue") && !next.equals("NOT_STARTED") && !next.equals("ENDED");
    assertThat(changed).hasSize(stage.equals(next) && !overdue ? 0 : 1);
    for (var row : changed) {
      assertThat(row.ended()).isEqualTo(next.equals("ENDED"));
      assertThat(row.version()).isEqualTo(before.map(StoredSaga::version).orElse(0L) + 1);
      assertThat(row.ended() || row.saga().contains(next)).isTrue();
      if (words.contains("stop deadline") || (overdue && !words.contains("keep deadline"))) {
        assertThat(row.deadline()).isNull();
      } else {
        var started =
            words.contains("start deadline at " + AT) || words.contains("keep deadline")
                ? AT.plus(Duration.ofMinutes(15))
                : null;
        assertThat(row.deadline())
            .isEqualTo(overdue ? started : before.map(StoredSaga::deadline).orElse(started));
      }
    }
  }

  private static Optional<StoredSaga> stored(String stage, String products) {
    var json =
        "{\"orderId\":\"ORD-1\",\"products\":%s,\"stage\":\"%s\"}".formatted(products, stage);
    return switch (stage) {
      case "NOT_STARTED" -> Optional.empty();
      case "ENDED" -> Optional.of(new StoredSaga(ORDER, "{}", 7, null, true));
      default -> Optional.of(new StoredSaga(ORDER, json, 7, AT, false));
    };
  }

  @Test
  void an_order_that_was_placed_when_cancelling_did_not_settle_its_stock_is_settled_by_its_saga() {
    var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT.plusNanos(1), AT);

    poll.hear((DomainEvent) event("placed"));
    poll.hear((DomainEvent) event("cancelled"));

    assertThat(poll.commands().stream().map(RecordedDecisions::words))
        .containsExactly("request payment of 350000 VND by pm_card_visa", "release A", "release B");
  }

  @Test
  void an_order_whose_whole_story_comes_in_one_poll_has_one_row_that_has_ended() {
    var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT, AT);

    for (var event : List.of("placed", "paid", "confirmed", "placed", "paid")) {
      poll.hear((DomainEvent) event(event));
    }

    assertThat(poll.changed())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.ended()).isTrue();
          assertThat(row.version()).isEqualTo(1);
          assertThat(row.deadline()).isNull();
        });
    assertThat(poll.commands().stream().map(RecordedDecisions::words))
        .containsExactly("request payment of 350000 VND by pm_card_visa", "confirm");
  }

  @Test
  void the_table_leaves_out_no_event_in_no_stage() {
    var all =
        OrderSagaTable.STAGES
            .lines()
            .flatMap(stage ->
                OrderSagaTable.EVENTS.stream()
                    .map(event -> OrderSagaTable.cells(stage)[0] + " " + event))
            .collect(toSet());
    var covered =
        OrderSagaTable.TABLE
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> OrderSagaTable.cells(line)[0] + " " + OrderSagaTable.cells(line)[1])
            .collect(toSet());

    assertThat(covered).isEqualTo(all);
    assertThat(OrderSagaTable.STAGES.lines().map(stage -> OrderSagaTable.cells(stage)[0]))
        .containsAll(Arrays.stream(Stage.values()).map(Stage::name).toList());
  }

  @Test
  void the_table_leaves_out_no_event_of_orders_and_payments_and_no_outcome() {
    var events = OrderSagaTable.EVENTS.stream().map(OrderSagaTest::event).toList();
    var outcomes =
        events.stream()
            .filter(PaymentCompletedEvent.class::isInstance)
            .map(event -> ((PaymentCompletedEvent) event).status());

    assertThat(events.stream().<Class<?>>map(Object::getClass).collect(toSet()))
        .containsAll(List.of(OrderEvent.class.getPermittedSubclasses()))
        .containsAll(List.of(PaymentEvent.class.getPermittedSubclasses()))
        .containsAll(eventsWithHandlers());
    assertThat(outcomes).containsExactlyInAnyOrder(PaymentOutcome.values());
  }

  private static List<Class<?>> eventsWithHandlers() {
    return Arrays.stream(OrderSaga.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(SagaEventHandler.class))
        .<Class<?>>map(method -> method.getParameterTypes()[0])
        .toList();
  }

  @Test
  void whatever_was_heard_once_changes_nothing_when_it_comes_again_at_any_later_time() {
    var rows =
        rows()
            .map(Arguments::get)
            .collect(toMap(row -> row[0] + " " + row[1], row -> row[2] + "|" + row[3]));
    var known = new HashSet<Heard>();
    var open =
        new ArrayDeque<>(
            List.of(
                new Heard("WAITING_FOR_PAYMENT", Set.of("placed")),
                new Heard("CONFIRMING_PAID_ORDER", Set.of("paid")),
                new Heard("CANCELLING_UNPAID_ORDER", Set.of("declined")),
                new Heard("CANCELLING_UNPAID_ORDER", Set.of("refunded"))));
    while (!open.isEmpty()) {
      var now = open.pop();
      if (known.add(now)) {
        assertThat(now.events())
            // A deadline that was heard is gone from the row: it comes once.
            .filteredOn(again -> !again.equals("overdue"))
            .allSatisfy(again ->
                assertThat(rows.get(now.stage() + " " + again))
                    .isEqualTo(now.stage() + "|" + askedForAgain(now.stage(), again)));
        OrderSagaTable.EVENTS.stream()
            // After it what was heard has not been heard.
            .filter(next -> !next.equals("refused"))
            .filter(next -> rows.containsKey(now.stage() + " " + next))
            .map(next -> now.with(next, rows.get(now.stage() + " " + next)))
            .forEach(open::add);
      }
    }
    assertThat(known).hasSizeGreaterThan(100);
  }

  /** The outcome before may have been a false one: only the command side can tell. */
  private static String askedForAgain(String stage, String event) {
    return event.equals("paid") && !stage.equals("ENDED") ? "confirm" : "";
  }

  /** A stage, and all that was heard on the way there. */
  private record Heard(String stage, Set<String> events) {
    Heard with(String event, String outcome) {
      return new Heard(
          OrderSagaTable.cells(outcome)[0],
          Stream.concat(events.stream(), Stream.of(event)).collect(toSet()));
    }
  }

  @Test
  void the_stored_state_says_in_words_where_the_order_stands() throws Exception {
    fixture.givenAPublished(event("placed")).whenPublishingA(event("overdue")).expectActiveSagas(1);

    assertThat(stateAsStored())
        .isEqualTo(
            EventJson.mapper()
                .readTree(
                    """
                    {"orderId":"ORD-1","products":[],"stage":"CANCELLING_OVERDUE_ORDER"}\
                    """));
    StoredForms.assertThatEachIsRead("OrderSaga", OrderSaga.class);
  }

  @Test
  void money_that_comes_after_the_deadline_and_loses_the_race_is_given_back() {
    for (var event : List.of("placed", "overdue", "paid", "cancelled")) {
      fixture.givenAPublished(event(event));
    }

    assertThat(decisions.decisions())
        .containsSubsequence("cancel for PAYMENT_TIMEOUT", "confirm", "request refund of PAY-1");
    fixture.whenPublishingA(event("refunded")).expectActiveSagas(0);
  }

  @Test
  void money_that_comes_after_the_deadline_and_wins_the_race_confirms_the_order() {
    for (var event : List.of("placed", "overdue", "paid")) {
      fixture.givenAPublished(event(event));
    }

    fixture.whenPublishingA(event("confirmed")).expectActiveSagas(0);

    assertThat(decisions.decisions()).contains("confirm").doesNotContain("request refund of PAY-1");
  }

  @Test
  void an_order_of_which_an_outcome_was_heard_first_is_paid_when_it_is_heard_of() {
    var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT, AT);
    poll.hear((DomainEvent) event("paid"));
    poll.hear((DomainEvent) event("refused"));
    poll.hear((DomainEvent) event("placed"));

    assertThat(poll.commands().stream().map(RecordedDecisions::words))
        .containsExactly("confirm", "request payment of 350000 VND by pm_card_visa");
    assertThat(poll.changed())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.saga()).contains("WAITING_FOR_PAYMENT");
          assertThat(row.deadline()).isEqualTo(AT.plus(Duration.ofMinutes(15)));
        });
  }

  @Test
  void of_an_order_that_there_is_not_nothing_is_kept() {
    for (var first : List.of("placed", "paid", "declined", "refunded")) {
      var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT, AT);
      poll.hear((DomainEvent) event(first));

      poll.hear(new CommandRefused(ORDER, false, AT));

      assertThat(poll.changed()).as(first).isEmpty();
    }
  }

  @Test
  void a_saga_that_has_ended_with_a_command_that_was_refused_goes_on() {
    var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT, AT);
    for (var event : List.of("placed", "confirmed", "paid", "refused")) {
      poll.hear((DomainEvent) event(event));
    }

    assertThat(poll.changed())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.ended()).isFalse();
          assertThat(row.deadline()).isEqualTo(AT.plus(Duration.ofMinutes(15)));
        });
  }

  @Test
  void a_payment_that_succeeds_while_a_forged_success_is_judged_confirms_the_order() {
    var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT, AT);
    for (var event : List.of("placed", "paid", "paid", "refused", "confirmed")) {
      poll.hear((DomainEvent) event(event));
    }

    assertThat(poll.commands().stream().map(RecordedDecisions::words))
        .containsExactly("request payment of 350000 VND by pm_card_visa", "confirm", "confirm");
  }

  @Test
  void no_deadline_counts_from_a_time_to_come() {
    var poll = new OrderSagaPoll(List.of(), Duration.ofMinutes(15), AT, AT.minusSeconds(60));

    poll.hear((DomainEvent) event("placed"));

    assertThat(poll.changed().getFirst().deadline()).isEqualTo(AT.plus(Duration.ofMinutes(14)));
  }

  @Test
  void orders_do_not_touch_each_other() {
    var other = new OrderId("ORD-2");
    fixture.givenAPublished(event("placed")).andThenAPublished(placed(other));
    decisions.clear();

    fixture
        .whenPublishingA(new OrderCancelledEvent(other, CancelReason.CUSTOMER_REQUEST, AT))
        .expectActiveSagas(2);

    assertThat(stateAsStored().get("orderId").asText()).isEqualTo("ORD-2");
    assertThat(decisions.decisions()).containsExactly("keep deadline");
  }

  private JsonNode stateAsStored() {
    return EventJson.mapper().valueToTree(saga.get());
  }

  private static List<String> storyTo(String stage) {
    var story =
        OrderSagaTable.STAGES
            .lines()
            .map(OrderSagaTable::cells)
            .filter(cells -> cells[0].equals(stage))
            .findFirst()
            .orElseThrow()[1];
    return story.isEmpty() ? List.of() : List.of(story.split(" "));
  }

  private static Object event(String name) {
    return switch (name) {
      case "placed" -> placed(ORDER);
      case "requested" ->
          new PaymentRequestedEvent(
              PAYMENT, ORDER, TOTAL, VND, new PaymentMethod("pm_card_visa"), AT);
      case "paid" -> completed(PaymentOutcome.SUCCESS, null);
      case "declined" -> completed(PaymentOutcome.FAILED, "card_declined");
      case "overdue" -> new PaymentDeadlinePassed(ORDER, AT);
      case "confirmed" -> new OrderConfirmedEvent(ORDER, AT);
      case "cancelled" -> new OrderCancelledEvent(ORDER, CancelReason.CUSTOMER_REQUEST, AT);
      case "refunding" -> new RefundRequestedEvent(PAYMENT, ORDER, TOTAL, VND, AT);
      case "refunded" -> new PaymentRefundedEvent(PAYMENT, ORDER, TOTAL, VND, AT);
      case "refused" -> new CommandRefused(ORDER, true, AT);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Two lines of product A share one reservation. */
  private static OrderPlacedEvent placed(OrderId order) {
    return new OrderPlacedEvent(
        order,
        new UserId("alice"),
        List.of(item("A", 1), item("B", 2), item("A", 4)),
        TOTAL,
        VND,
        new IdempotencyKey("alice_20260102030405_1"),
        new PaymentMethod("pm_card_visa"),
        new RequestFingerprint("00"),
        AT);
  }

  private static OrderItem item(String product, int quantity) {
    return new OrderItem(new ProductId(product), new Quantity(quantity), new BigDecimal("50000"));
  }

  private static PaymentCompletedEvent completed(PaymentOutcome outcome, String reason) {
    return new PaymentCompletedEvent(ORDER, PAYMENT, outcome, reason, TOTAL, VND, AT);
  }

  private static HandlerEnhancerDefinition capturing(AtomicReference<OrderSaga> saga) {
    return new HandlerEnhancerDefinition() {
      @Override
      public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        return new WrappedMessageHandlingMember<>(original) {
          @Override
          public Object handle(Message<?> message, T target) throws Exception {
            saga.set((OrderSaga) target);
            return super.handle(message, target);
          }
        };
      }
    };
  }
}
