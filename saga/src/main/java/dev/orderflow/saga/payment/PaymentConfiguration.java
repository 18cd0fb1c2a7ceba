package dev.orderflow.saga.payment;

import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.overview.Check;
import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.overview.Shown;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.attempts.Batcher;
import dev.orderflow.saga.commandside.CommandSender;
import dev.orderflow.saga.consumption.EventProcessors;
import dev.orderflow.saga.tasks.OwnFailures;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskHandlers;
import dev.orderflow.saga.tasks.TaskKind;
import dev.orderflow.saga.tasks.TaskProperties;
import dev.orderflow.saga.tasks.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The payment worker, in a consumer group of its own. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {
  /** How many calls under way are near the most that there may be. */
  private static final int MANY_CALLS = 400;

  private final Executor executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("payment-", 0).factory());

  @Bean
  GuardedPaymentProvider paymentProvider(
      JdbcClient jdbc,
      PaymentProperties properties,
      ObjectProvider<ProviderModes> modes,
      Clock clock) {
    var directed = modes.getIfAvailable();
    return new GuardedPaymentProvider(
        new SimulatedPaymentProvider(
            new SimulatedLedger(jdbc, clock, executor),
            properties.simulated(),
            directed == null ? () -> ProviderMode.NORMAL : directed::current,
            new Random()),
        properties,
        clock);
  }

  @Bean
  Attempts paymentAttempts(
      ObjectProvider<TaskQueues> queues, TransactionTemplate transaction, TaskProperties tasks) {
    return new Attempts(
        () -> queues.getObject().of(Worker.PAYMENT),
        transaction,
        Attempts.BRIEFLY,
        tasks.taskConcurrency(),
        executor);
  }

  @Bean
  PaymentWorker paymentWorker(
      Payments payments,
      GuardedPaymentProvider provider,
      OwnFailures ownFailures,
      CommandSender gateway,
      Attempts paymentAttempts,
      PaymentProperties properties,
      Traces traces,
      @Value("${orderflow.saga.payment-deadline}") Duration paymentDeadline,
      MeterRegistry meters,
      Clock clock) {
    var paid =
        Timer.builder("orderflow.order.step")
            .description("From the request for a payment to its outcome")
            .tag("step", "paid")
            .publishPercentileHistogram()
            .register(meters);
    return new PaymentWorker(
        payments,
        provider,
        provider.forRepetitions(),
        new Suspects(ownFailures, properties.silentPerCustomer()),
        new Batcher<>(gateway::execute, executor)::add,
        requestedAt -> requestedAt.plus(paymentDeadline).isBefore(clock.instant()),
        paymentAttempts,
        request -> {
          if (request instanceof PaymentRequestedEvent) {
            paid.record(Duration.between(request.timestamp(), clock.instant()));
          }
        },
        traces);
  }

  @Bean
  Shown providerShown(MeterValues meters) {
    return Shown.of(
        Check.red(
            "payment-provider-circuit",
            meters.gauge("orderflow.payment.provider.circuit", "state", "open"),
            "",
            1,
            "payment-provider-fails"),
        Check.amber(
            "payment-provider-calls",
            meters.gauge("orderflow.payment.provider.calls"),
            "",
            MANY_CALLS,
            "payment-provider-is-slow"));
  }

  @Bean
  TaskHandlers providerCalls(PaymentWorker worker) {
    return new TaskHandlers(
        new TaskHandler<>(
            ProviderCall.CHARGE.kind(), request -> worker.finish(ProviderCall.CHARGE, request)),
        new TaskHandler<>(
            ProviderCall.REFUND.kind(), request -> worker.finish(ProviderCall.REFUND, request)));
  }

  @Bean
  TopicFollower paymentWorkerConsumer(EventProcessors processors, PaymentWorker worker) {
    return processors.join(
        Worker.PAYMENT, List.of(EventTopic.PAYMENTS), List.of(PaymentRefundedEvent.class), worker);
  }

  private record Suspects(OwnFailures failures, int most) implements PaymentWorker.Repeated {
    @Override
    public <T extends PaymentEvent> Set<T> of(
        TaskKind<T> kind, Collection<T> requests, Function<T, @Nullable String> customerOf) {
      return failures.suspects(kind, requests, customerOf, most);
    }
  }
}
