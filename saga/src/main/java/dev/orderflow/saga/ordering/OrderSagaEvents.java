package dev.orderflow.saga.ordering;

import dev.orderflow.saga.consumption.WorkerStoppedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.SubscribableMessageSource;
import org.springframework.stereotype.Component;

/**
 * Hands events to the sagas, within the call: when it returns, what they decided is committed; when
 * it throws, nothing is.
 */
@Component
class OrderSagaEvents implements SubscribableMessageSource<EventMessage<?>> {
  private final AtomicReference<Consumer<List<? extends EventMessage<?>>>> sagas =
      new AtomicReference<>(_ -> {
        throw new WorkerStoppedException("The order saga");
      });

  @Override
  public Registration subscribe(Consumer<List<? extends EventMessage<?>>> processor) {
    var before = sagas.getAndSet(processor);
    return () -> sagas.compareAndSet(processor, before);
  }

  void publish(List<EventMessage<?>> events) {
    sagas.get().accept(events);
  }

  void publish(PaymentDeadlinePassed event) {
    publish(List.of(GenericEventMessage.asEventMessage(event)));
  }
}
