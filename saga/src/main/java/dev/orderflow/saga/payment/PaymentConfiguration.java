package dev.orderflow.saga.payment;

import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.ConsumerGroups;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskQueues;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The payment worker, in a consumer group of its own. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {
  @Bean
  GuardedPaymentProvider paymentProvider(
      SimulatedLedger ledger, PaymentProperties properties, Clock clock) {
    var simulated =
        new SimulatedPaymentProvider(
            ledger,
            properties.simulated(),
            new Random(),
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("provider-", 0).factory()));
    return new GuardedPaymentProvider(simulated, properties, clock);
  }

  @Bean
  PaymentWorker paymentWorker(Payments payments, PaymentProvider provider) {
    return new PaymentWorker(payments, provider);
  }

  @Bean
  TaskHandler<PaymentRequestedEvent> charge(PaymentWorker worker) {
    return new TaskHandler<>(
        Worker.PAYMENT, PaymentRequests.CHARGE, PaymentRequestedEvent::orderId, worker::charge);
  }

  @Bean
  TaskHandler<RefundRequestedEvent> refund(PaymentWorker worker) {
    return new TaskHandler<>(
        Worker.PAYMENT, PaymentRequests.REFUND, RefundRequestedEvent::orderId, worker::refund);
  }

  @Bean
  TopicFollower paymentWorkerConsumer(ConsumerGroups groups, TaskQueues queues, Clock clock) {
    var requests = new PaymentRequests(queues.of(Worker.PAYMENT), clock);
    return groups.join(Worker.PAYMENT, List.of(EventTopic.PAYMENTS), requests::store);
  }
}
