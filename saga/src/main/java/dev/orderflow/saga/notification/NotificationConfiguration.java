package dev.orderflow.saga.notification;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.ConsumerGroups;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskQueues;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * The notification worker, in a consumer group of its own. Each mail is a task of its own: one that
 * cannot be sent delays nothing else.
 */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
  private static final TaskDescriptor<Notice> NOTIFY = TaskDescriptor.of("notify", Notice.class);

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
  TaskHandler<Notice> notifyCustomer(
      SentNotifications sent,
      Contacts contacts,
      PostOffice postOffice,
      NotificationProperties properties) {
    var texts = new MailTexts(properties.defaultLocale());
    return new TaskHandler<>(
        Worker.NOTIFICATION,
        NOTIFY,
        Notice::orderId,
        new NotificationWorker(sent, contacts, texts, postOffice)::tell);
  }

  @Bean
  TopicFollower notificationWorkerConsumer(ConsumerGroups groups, TaskQueues queues, Clock clock) {
    var scheduler = queues.of(Worker.NOTIFICATION);
    return groups.join(
        Worker.NOTIFICATION,
        List.of(EventTopic.ORDERS),
        events ->
            events.forEach(event -> {
              var notice = Notice.of((OrderEvent) event.getPayload());
              scheduler.scheduleIfNotExists(
                  NOTIFY.instance(notice.id()).data(notice).build(), clock.instant());
            }));
  }
}
