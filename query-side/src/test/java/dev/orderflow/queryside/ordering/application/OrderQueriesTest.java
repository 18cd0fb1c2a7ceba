package dev.orderflow.queryside.ordering.application;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.order;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import dev.orderflow.queryside.live.Changes;
import dev.orderflow.queryside.live.ConsistencyProperties;
import dev.orderflow.queryside.live.ReadYourWrites;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderQueriesTest {
  private static final OrderId ID = orderId("alice", 1);
  private static final Order PENDING = order(placed("alice", 1));
  private static final Order CONFIRMED = order(placed("alice", 1), confirmed("alice", 1, at(9)));
  private static final Caller ALICE = caller("alice", Scope.CUSTOMER);

  private final Map<OrderId, Order> view = new HashMap<>();
  private FreshOrders fresh = _ -> Optional.empty();
  private int most = 1;

  @Test
  void what_the_view_knows_is_not_asked_for_elsewhere() throws Exception {
    view.put(ID, PENDING);
    fresh =
        _ -> {
          throw new AssertionError("asked");
        };

    assertThat(queries().find(ALICE, ID)).isEqualTo(PENDING);
  }

  @Test
  void an_order_that_the_view_does_not_know_yet_is_found() throws Exception {
    fresh = _ -> Optional.of(PENDING);

    assertThat(queries().find(ALICE, ID)).isEqualTo(PENDING);
  }

  @Test
  void an_answer_that_the_view_has_passed_meanwhile_is_not_shown() throws Exception {
    fresh =
        _ -> {
          view.put(ID, CONFIRMED);
          return Optional.of(PENDING);
        };

    assertThat(queries().find(ALICE, ID)).isEqualTo(CONFIRMED);
  }

  @Test
  void an_answer_that_is_ahead_of_the_view_is_shown() throws Exception {
    fresh =
        _ -> {
          view.put(ID, PENDING);
          return Optional.of(CONFIRMED);
        };

    assertThat(queries().find(ALICE, ID)).isEqualTo(CONFIRMED);
  }

  @Test
  void an_order_that_nobody_knows_is_not_found() {
    assertThatThrownBy(() -> queries().find(ALICE, ID)).isInstanceOf(Rejection.OrderNotFound.class);
  }

  @Test
  void that_nobody_answers_is_not_taken_for_no() {
    fresh =
        _ -> {
          throw new UnavailableException("away", null);
        };

    assertThatThrownBy(() -> queries().find(ALICE, ID)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void only_so_many_wait_for_what_the_view_does_not_know() throws Exception {
    var asked = new OrderQueries[1];
    fresh =
        _ -> {
          assertThatThrownBy(() -> asked[0].find(ALICE, orderId("alice", 2)))
              .isInstanceOf(OverloadedException.class);
          return Optional.of(PENDING);
        };

    asked[0] = queries();
    assertThat(asked[0].find(ALICE, ID)).isEqualTo(PENDING);
    view.put(ID, PENDING);
    most = 0;
    assertThat(queries().find(ALICE, ID)).as("what it knows is not waited for").isEqualTo(PENDING);
  }

  @Test
  void another_customers_order_is_not_found() {
    view.put(ID, PENDING);

    assertThatThrownBy(() -> queries().find(caller("bob", Scope.CUSTOMER), ID))
        .isInstanceOf(Rejection.OrderNotFound.class);
  }

  @Test
  void staff_and_services_see_every_order() throws Exception {
    view.put(ID, PENDING);

    assertThat(queries().find(caller("admin", Scope.STAFF), ID)).isEqualTo(PENDING);
    assertThat(queries().find(caller("saga", Scope.SERVICE), ID)).isEqualTo(PENDING);
  }

  private OrderQueries queries() {
    return new OrderQueries(
        id -> Optional.ofNullable(view.get(id)),
        (_, _) -> new Page<>(List.of(), null),
        fresh,
        new ReadYourWrites(new Changes(), new ConsistencyProperties(Duration.ZERO, most)));
  }

  private static Caller caller(String user, Scope scope) {
    return new Caller(new UserId(user), Set.of(scope), "token", Instant.MAX);
  }
}
