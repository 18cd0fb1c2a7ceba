package dev.orderflow.commandside.ordering.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.testing.AggregateDriver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** An order under any sequence of commands, step by step beside a plain model of its status. */
class OrderPropertyTest {
  private static final OrderId ORDER = new OrderId("ORD-12345");
  private static final String STREAM = Order.streamId(ORDER);
  private static final OrderPlacedEvent PLACED =
      new OrderPlacedEvent(
          ORDER,
          new UserId("alice"),
          List.of(
              new OrderItem(new ProductId("PROD-ABC"), new Quantity(2), new BigDecimal("50000"))),
          new BigDecimal("100000"),
          Currency.getInstance("VND"),
          new IdempotencyKey("alice_20241201143022_abc789"),
          new PaymentMethod("pm_card_visa"),
          new RequestFingerprint("f"),
          Instant.parse("2024-07-31T10:00:00Z"));

  @Property(tries = 400)
  void an_order_goes_one_way_to_one_of_its_two_ends(
      @ForAll @Size(max = 12) List<@From("commands") OrderCommand> commands) {
    var order = new AggregateDriver<>(Order.class);
    order.given(STREAM, PLACED);
    var model = OrderState.of(PLACED);
    for (var command : commands) {
      var refused =
          model.status() == OrderStatus.CONFIRMED
              && command instanceof CancelOrder(_, var reason)
              && reason == CancelReason.CUSTOMER_REQUEST;
      var changes = model.status() == OrderStatus.PENDING;

      var outcome = order.execute(command);

      if (changes) {
        model = ended(model, command, order.now());
      }
      if (refused) {
        assertThat(outcome.error()).isInstanceOf(Rejection.OrderNotCancellable.class);
      } else {
        assertThat(outcome.answer()).isEqualTo(model);
      }
      assertThat(order.events(STREAM)).hasSize(model.status() == OrderStatus.PENDING ? 1 : 2);
      assertThat(order.<OrderState>rebuilt(STREAM, Order::state)).isEqualTo(model);
    }
  }

  @Property(tries = 20)
  void an_order_that_was_never_placed_stays_unplaced(@ForAll("commands") OrderCommand command) {
    var order = new AggregateDriver<>(Order.class);

    assertThat(order.execute(command).error()).isInstanceOf(AggregateNotFoundException.class);
    assertThat(order.events(STREAM)).isEmpty();
  }

  private static OrderState ended(OrderState pending, OrderCommand command, Instant at) {
    var reason = command instanceof CancelOrder cancel ? cancel.reason() : null;
    return new OrderState(
        pending.orderId(),
        pending.userId(),
        reason == null ? OrderStatus.CONFIRMED : OrderStatus.CANCELLED,
        pending.items(),
        pending.total(),
        pending.version(),
        pending.paymentMethod(),
        pending.fingerprint(),
        reason,
        2,
        pending.createdAt(),
        at);
  }

  @Provide
  Arbitrary<OrderCommand> commands() {
    return Arbitraries.oneOf(
        Arbitraries.just(new ConfirmOrder(ORDER)),
        Arbitraries.of(CancelReason.class).map(reason -> new CancelOrder(ORDER, reason)));
  }
}
