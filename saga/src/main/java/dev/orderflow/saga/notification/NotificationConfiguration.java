package dev.orderflow.saga.notification;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.saga.consumption.ConsumerGroups;
import dev.orderflow.saga.tasks.Lane;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskQueues;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The notification worker, in a consumer group of its own. Each mail is a task of its own: one that
 * cannot be sent delays nothing else.
 */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
  private static final String GROUP = "notification-worker";
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
        Lane.MAIL, NOTIFY, new NotificationWorker(sent, contacts, texts, postOffice)::tell);
  }

  @Bean
  TopicFollower notificationWorkerConsumer(
      ConsumerGroups groups, TaskQueues queues, TransactionTemplate transaction, Clock clock) {
    var scheduler = queues.of(Lane.MAIL);
    return groups.join(
        GROUP,
        List.of(EventTopic.ORDERS),
        events ->
            transaction.executeWithoutResult(_ ->
                events.forEach(event -> {
                  var notice = Notice.of((OrderEvent) event.getPayload());
                  scheduler.scheduleIfNotExists(
                      NOTIFY.instance(notice.id()).data(notice).build(), clock.instant());
                })));
  }
}
