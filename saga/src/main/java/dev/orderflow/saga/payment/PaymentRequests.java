package dev.orderflow.saga.payment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.time.Clock;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;

/** Turns every requested charge and refund into a task. */
final class PaymentRequests {
  static final TaskDescriptor<PaymentRequestedEvent> CHARGE =
      TaskDescriptor.of("charge", PaymentRequestedEvent.class);
  static final TaskDescriptor<RefundRequestedEvent> REFUND =
      TaskDescriptor.of("refund", RefundRequestedEvent.class);

  private final SchedulerClient scheduler;
  private final Clock clock;

  PaymentRequests(SchedulerClient scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Stores the tasks, in the caller's transaction. */
  void store(List<EventMessage<?>> events) {
    events.forEach(event -> store(event.getPayload()));
  }

  private void store(Object payload) {
    if (payload instanceof PaymentEvent event) {
      var id = event.paymentId().value();
      switch (event) {
        case PaymentRequestedEvent request -> add(CHARGE.instance(id).data(request).build());
        case RefundRequestedEvent request -> add(REFUND.instance(id).data(request).build());
        case PaymentCompletedEvent _, PaymentRefundedEvent _ -> {}
      }
    }
  }

  private void add(TaskInstance<?> task) {
    scheduler.scheduleIfNotExists(task, clock.instant());
  }
}
