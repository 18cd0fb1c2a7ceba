package dev.orderflow.saga.ordering;

import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.commandside.CommandSender;
import dev.orderflow.saga.consumption.EventProcessors;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskHandlers;
import dev.orderflow.saga.tasks.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order sagas, fed from Kafka and by the clock. */
@Configuration(proxyBeanMethods = false)
class OrderSagaConfiguration {
  @Bean
  TaskHandlers sagaCommands(CommandSender gateway, EventProcessors processors, Clock clock) {
    Consumer<CommandRefused> toSaga =
        refused -> processors.processorOf(Worker.ORDER_SAGA).processAtOnce(refused);
    return new TaskHandlers(
        SagaCommand.ALL.stream()
            .<TaskHandler<?>>map(command -> command.repeatedBy(gateway, toSaga, clock))
            .toList());
  }

  @Bean
  TopicFollower orderSagaConsumer(
      EventProcessors processors,
      OrderSagaStore sagas,
      CommandSender gateway,
      TaskQueues queues,
      OrderSagaProperties properties,
      MeterRegistry meters,
      Clock clock) {
    return processors.join(
        Worker.ORDER_SAGA,
        List.of(EventTopic.ORDERS, EventTopic.PAYMENTS, EventTopic.PAYMENT_OUTCOMES),
        List.of(PaymentRequestedEvent.class, RefundRequestedEvent.class),
        new OrderSagaHandler(
            sagas,
            gateway,
            queues.of(Worker.ORDER_SAGA),
            properties.paymentDeadline(),
            new OrderSteps(meters, clock),
            clock));
  }

  /** The order saga must have joined. */
  @Bean
  OverdueOrders overdueOrders(
      TopicFollower orderSagaConsumer,
      OrderSagaStore sagas,
      EventProcessors processors,
      Traces traces,
      Clock clock) {
    return new OverdueOrders(
        sagas, processors.processorOf(Worker.ORDER_SAGA)::process, traces, clock);
  }
}
