package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.saga.ordering.OrderSagaStore.Overdue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Tells sagas that their payment deadline has passed. Every instance looks; what a dying instance
 * has claimed, the others take over.
 */
final class OverdueOrders {
  private static final Logger LOG = LoggerFactory.getLogger(OverdueOrders.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final Duration CLAIM = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 500;

  private final OrderSagaStore sagas;
  private final Consumer<Map<OrderId, PaymentDeadlinePassed>> processor;
  private final Traces traces;
  private final Clock clock;

  /**
   * @param processor works on these events as on a poll's
   */
  OverdueOrders(
      OrderSagaStore sagas,
      Consumer<Map<OrderId, PaymentDeadlinePassed>> processor,
      Traces traces,
      Clock clock) {
    this.traces = traces;
    this.sagas = sagas;
    this.processor = processor;
    this.clock = clock;
  }

  /**
   * An order that a dead letter holds up, or that another instance has changed first, comes again
   * when its claim ends.
   */
  @Scheduled(fixedDelay = LOOK_MILLIS)
  void look() {
    try {
      for (var overdue = claim(); !overdue.isEmpty(); overdue = claim()) {
        process(overdue);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "Overdue orders could not be worked on, and come again within {}: {}",
          CLAIM,
          e.toString());
    }
  }

  private List<Overdue> claim() {
    var now = clock.instant();
    return sagas.claimOverdue(now, now.plus(CLAIM), MOST_AT_ONCE);
  }

  private void process(List<Overdue> overdue) {
    var now = clock.instant();
    var passed = new HashMap<OrderId, PaymentDeadlinePassed>();
    var parts = new ArrayList<Part>();
    for (var order : overdue) {
      passed.put(order.orderId(), new PaymentDeadlinePassed(order.orderId(), now));
      parts.add(new Part("payment deadline", order.orderId().value(), order.trace()));
    }
    traces.together(
        "payment deadlines",
        parts,
        () -> {
          processor.accept(passed);
          return passed;
        });
  }
}
