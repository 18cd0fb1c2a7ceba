package dev.orderflow.saga.quarantine.retry;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.ConsumerGroups;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.tasks.TaskHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A retry is a task of the worker whose letters it sends on. */
@Configuration(proxyBeanMethods = false)
class RetryConfiguration {
  static final TaskDescriptor<LetterQueue> RETRY =
      TaskDescriptor.of("retry-letters", LetterQueue.class);

  @Bean
  LetterRetry letterRetry(
      DeadLetters letters, ConsumerGroups groups, ObjectProvider<TaskHandler<?>> handlers) {
    return new LetterRetry(
        letters,
        groups,
        name ->
            handlers.stream()
                .filter(handler -> handler.kind().getTaskName().equals(name))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalStateException("Nobody here does tasks named " + name)));
  }

  @Bean
  TaskHandler<LetterQueue> retryOfTheOrderSaga(LetterRetry retry) {
    return handler(Worker.ORDER_SAGA, retry);
  }

  @Bean
  TaskHandler<LetterQueue> retryOfThePaymentWorker(LetterRetry retry) {
    return handler(Worker.PAYMENT, retry);
  }

  @Bean
  TaskHandler<LetterQueue> retryOfTheNotificationWorker(LetterRetry retry) {
    return handler(Worker.NOTIFICATION, retry);
  }

  private static TaskHandler<LetterQueue> handler(Worker worker, LetterRetry retry) {
    return new TaskHandler<>(worker, RETRY, LetterQueue::orderId, retry::retry);
  }
}
