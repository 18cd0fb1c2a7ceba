package dev.orderflow.queryside.ordering.jdbc;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.key;
import static dev.orderflow.queryside.testing.Events.order;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import dev.orderflow.queryside.paging.PageQueries;
import dev.orderflow.queryside.projection.Feeds;
import dev.orderflow.queryside.testing.CountedStatements;
import dev.orderflow.queryside.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class OrderProjectionIT {
  private static final UserId ALICE = new UserId("alice");

  private final CountedStatements statements = new CountedStatements(new TestDatabase().migrated());
  private JdbcTemplate jdbc;
  private OrderViewTable table;
  private OrderProjection projection;

  @BeforeEach
  void start() {
    var dataSource = statements;
    jdbc = new JdbcTemplate(dataSource);
    var client = JdbcClient.create(dataSource);
    table = new OrderViewTable(client, new PageQueries(dataSource));
    projection = new OrderProjection(table, new ChangeNotice(client), new SimpleMeterRegistry());
  }

  @Test
  void a_placed_order_is_read_as_it_was_written() {
    apply(placed("alice", 1));

    assertThat(table.find(orderId("alice", 1))).hasValue(order(placed("alice", 1)));
  }

  @Test
  void an_order_ends_within_its_batch_or_in_a_later_one() {
    apply(placed("alice", 1), confirmed("alice", 1, at(2)), placed("alice", 2));
    apply(cancelled("alice", 2, at(3)));

    assertThat(table.find(orderId("alice", 1)))
        .hasValueSatisfying(order -> {
          assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
          assertThat(order.updatedAt()).isEqualTo(at(2));
          assertThat(order.revision()).isEqualTo(2);
        });
    assertThat(table.find(orderId("alice", 2)))
        .hasValueSatisfying(order -> {
          assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
          assertThat(order.cancelReason()).isEqualTo(CancelReason.PAYMENT_FAILED);
          assertThat(order.createdAt()).isEqualTo(at(2));
        });
  }

  @Test
  void a_batch_that_comes_again_changes_nothing() {
    apply(placed("alice", 1), confirmed("alice", 1, at(2)));
    var before = rows();

    apply(placed("alice", 1), confirmed("alice", 1, at(2)));

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void a_history_that_comes_again_ends_an_order_that_has_not_ended_yet() {
    apply(placed("alice", 1));

    apply(placed("alice", 1), confirmed("alice", 1, at(2)));

    assertThat(table.find(orderId("alice", 1))).map(Order::status).hasValue(OrderStatus.CONFIRMED);
  }

  @Test
  void an_order_that_has_ended_is_not_taken_back_by_events_that_come_again() {
    apply(placed("alice", 1), confirmed("alice", 1, at(2)));

    apply(placed("alice", 1));
    apply(cancelled("alice", 1, at(3)));

    assertThat(table.find(orderId("alice", 1))).map(Order::status).hasValue(OrderStatus.CONFIRMED);
  }

  @Test
  void a_batch_of_any_length_takes_two_statements_and_a_notice() {
    apply(IntStream.range(0, 500).mapToObj(number -> placed("alice", number)));
    statements.taken();

    apply(
        IntStream.range(0, 1_000)
            .mapToObj(number ->
                number < 500 ? confirmed("alice", number, at(number)) : placed("alice", number)));

    assertThat(statements.taken()).hasSize(3);
  }

  @Test
  void an_order_that_ends_before_it_was_placed_waits_for_its_beginning() {
    apply(confirmed("alice", 1, at(2)));
    assertThat(table.find(orderId("alice", 1))).isEmpty();

    apply(placed("alice", 1), confirmed("alice", 1, at(2)));
    assertThat(table.find(orderId("alice", 1))).map(Order::status).hasValue(OrderStatus.CONFIRMED);
  }

  @Test
  void what_is_said_under_one_key_keeps_no_other_order_from_its_row() {
    var placed = (OrderPlacedEvent) placed("alice", 2).event();
    var withTheKeyOfAnother =
        new OrderPlacedEvent(
            placed.orderId(),
            placed.userId(),
            placed.items(),
            placed.totalAmount(),
            placed.currency(),
            key("alice", 1),
            placed.paymentMethod(),
            placed.fingerprint(),
            placed.timestamp());
    apply(new SequencedEvent(withTheKeyOfAnother, "order-" + placed.orderId(), 0));

    apply(placed("alice", 1));

    assertThat(table.find(orderId("alice", 1))).isPresent();
    assertThat(table.find(orderId("alice", 2))).isPresent();
  }

  @Test
  void the_pages_hold_every_order_of_a_customer_once_the_newest_first() {
    // 3 and 4 were placed in the same microsecond.
    apply(placed("alice", 1, at(1)), placed("alice", 3, at(3)), placed("alice", 4, at(3)));
    apply(placed("bob", 9, at(9)), placed("alice", 2, at(2)), placed("alice", 5, at(5)));

    var ids = walk(request -> table.page(OrderSelection.ALL.of(ALICE), request), 2);

    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    assertThat(ids.getFirst()).isEqualTo(orderId("alice", 5));
    assertThat(ids.subList(1, 3))
        .containsExactlyInAnyOrder(orderId("alice", 3), orderId("alice", 4));
    assertThat(ids.subList(3, 5)).containsExactly(orderId("alice", 2), orderId("alice", 1));
  }

  @Test
  void the_pages_of_everybody_hold_everybodys_orders() {
    apply(IntStream.rangeClosed(1, 7).mapToObj(n -> placed("user" + n, n)));

    assertThat(walk(request -> table.page(OrderSelection.ALL, request), 3))
        .isEqualTo(
            IntStream.iterate(7, n -> n > 0, n -> n - 1)
                .mapToObj(n -> orderId("user" + n, n))
                .toList());
  }

  @Test
  void a_page_token_that_is_not_ours_is_refused() {
    for (var place : List.of("", "KETTLE", "2026-11-22T10:00:00Z", "never ORD-1", "2026 x y")) {
      var request = new PageRequest(2, PageToken.of("", place) + "A");
      assertThatThrownBy(() -> table.page(OrderSelection.ALL, request))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  private static List<OrderId> walk(Function<PageRequest, Page<Order>> list, int size) {
    var ids = new ArrayList<OrderId>();
    var token = "";
    do {
      var page = list.apply(new PageRequest(size, token));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      page.items().forEach(order -> ids.add(order.orderId()));
      token = page.nextToken();
    } while (token != null);
    return ids;
  }

  private void apply(SequencedEvent... events) {
    apply(Stream.of(events));
  }

  private void apply(Stream<SequencedEvent> events) {
    Feeds.takeAndTell(projection, events.toList());
  }

  private List<String> rows() {
    return jdbc.queryForList("SELECT o::text FROM order_view o ORDER BY order_id", String.class);
  }
}
