package dev.orderflow.saga.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OrderStepsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final OrderSteps steps = new OrderSteps(meters, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void a_step_lasts_from_its_event_until_what_it_asks_for_is_done() {
    steps.taken(List.of(paid("ORD-1", NOW.minusSeconds(3))), Set.of(new OrderId("ORD-1")));

    assertThat(ended().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void an_event_that_was_heard_before_is_no_step() {
    steps.taken(
        List.of(paid("ORD-1", NOW.minusSeconds(86_400)), paid("ORD-2", NOW.minusSeconds(1))),
        Set.of(new OrderId("ORD-2")));

    assertThat(ended().count()).isEqualTo(1);
    assertThat(ended().totalTime(TimeUnit.SECONDS)).isEqualTo(1);
  }

  private Timer ended() {
    return meters.get("orderflow.order.step").tag("step", "ended").timer();
  }

  private static DomainEvent paid(String order, Instant at) {
    var orderId = new OrderId(order);
    return new PaymentCompletedEvent(
        orderId,
        PaymentId.of(orderId),
        PaymentOutcome.SUCCESS,
        null,
        BigDecimal.ONE,
        Currency.getInstance("VND"),
        at);
  }
}
