package dev.orderflow.saga.notification;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.consumption.EventProcessors;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskHandlers;
import dev.orderflow.saga.tasks.TaskProperties;
import dev.orderflow.saga.tasks.TaskQueues;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The notification worker, in a consumer group of its own. Mails are sent side by side: one that
 * cannot be sent delays nothing else.
 */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
  /**
   * Few threads, and not virtual ones: the mail library opens jars, loads classes and takes
   * monitors around what blocks, which holds virtual threads to their carriers. Nothing else runs
   * there: the note that a mail was sent must not wait behind mails that are not.
   */
  private final ExecutorService mails;

  private final Executor notes =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notification-", 0).factory());

  NotificationConfiguration(NotificationProperties properties) {
    mails =
        Executors.newFixedThreadPool(
            properties.mailThreads(), Thread.ofPlatform().daemon().name("mail-", 0).factory());
  }

  /** What was not sent by then is sent after the restart. */
  @PreDestroy
  void stop() {
    mails.shutdownNow();
  }

  /** A mail server when one is configured, else files. */
  @Bean
  PostOffice postOffice(
      ObjectProvider<JavaMailSender> mailServer, NotificationProperties properties) {
    var server = mailServer.getIfAvailable();
    return server == null
        ? new MailDirectory(properties.mailDirectory(), properties.sender())
        : new MailServer(server, properties.sender());
  }

  @Bean
  Attempts notificationAttempts(
      ObjectProvider<TaskQueues> queues, TransactionTemplate transaction, TaskProperties tasks) {
    return new Attempts(
        () -> queues.getObject().of(Worker.NOTIFICATION),
        transaction,
        Attempts.BRIEFLY,
        tasks.taskConcurrency(),
        notes);
  }

  @Bean
  NotificationWorker notificationWorker(
      SentNotifications sent,
      Contacts contacts,
      PostOffice postOffice,
      NotificationProperties properties,
      Attempts notificationAttempts,
      Traces traces) {
    return new NotificationWorker(
        sent,
        contacts,
        new MailTexts(properties.defaultLocale()),
        postOffice,
        notificationAttempts,
        mails,
        notes,
        traces);
  }

  @Bean
  TaskHandlers notices(NotificationWorker worker) {
    return new TaskHandlers(new TaskHandler<>(NotificationWorker.NOTIFY, worker::tell));
  }

  @Bean
  TopicFollower notificationWorkerConsumer(EventProcessors processors, NotificationWorker worker) {
    return processors.join(Worker.NOTIFICATION, List.of(EventTopic.ORDERS), List.of(), worker);
  }
}
