package dev.orderflow.saga.retry;

import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.EventProcessors;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskHandlers;
import java.util.Arrays;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A retry is a task of the worker whose letters it sends on. */
@Configuration(proxyBeanMethods = false)
class RetryConfiguration {
  @Bean
  LetterRetry letterRetry(
      DeadLetters letters,
      EventProcessors processors,
      ObjectProvider<TaskHandlers> handlers,
      TracedRecords traced) {
    return new LetterRetry(
        letters,
        processors,
        name ->
            handlers.stream()
                .flatMap(part -> part.handlers().stream())
                .filter(handler -> handler.kind().name().equals(name))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalStateException("Nobody here does tasks named " + name)),
        traced);
  }

  @Bean
  TaskHandlers retries(LetterRetry retry) {
    return new TaskHandlers(
        Arrays.stream(Worker.values())
            .<TaskHandler<?>>map(
                worker -> new TaskHandler<>(LetterQueue.retryBy(worker), retry::retry))
            .toList());
  }
}
