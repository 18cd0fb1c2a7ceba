package dev.orderflow.saga.notification;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.attempts.Batcher;
import dev.orderflow.saga.consumption.PollHandler;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells a customer once what has happened to the order, if there is an address to write to. The
 * address is asked for at the last moment: it may have been erased since the order.
 */
final class NotificationWorker implements PollHandler {
  /** Tasks for notices that could not be given at once. */
  static final TaskKind<Notice> NOTIFY =
      new TaskKind<>(Worker.NOTIFICATION, "notify", Notice.class, Notice::id, Notice::orderId);

  private final SentNotifications sent;
  private final Contacts contacts;
  private final MailTexts texts;
  private final PostOffice postOffice;
  private final Attempts attempts;
  private final Executor mails;
  private final Batcher<Notice, Void> notes;
  private final Traces traces;

  /**
   * @param mails on which mails are sent
   * @param forNotes on which it is noted that they were
   */
  NotificationWorker(
      SentNotifications sent,
      Contacts contacts,
      MailTexts texts,
      PostOffice postOffice,
      Attempts attempts,
      Executor mails,
      Executor forNotes,
      Traces traces) {
    this.traces = traces;
    this.sent = sent;
    this.contacts = contacts;
    this.texts = texts;
    this.postOffice = postOffice;
    this.attempts = attempts;
    this.mails = mails;
    this.notes = new Batcher<>(sent::add, forNotes);
  }

  @Override
  public Changes handle(List<DomainEvent> events) {
    var unsent = sent.unsent(events.stream().map(OrderEvent.class::cast).map(Notice::of).toList());
    var known = contactsFor(unsent);
    return attempts.conclude(
        unsent.stream()
            .<Attempt<?>>map(notice ->
                new Attempt<>(NOTIFY, notice, known.thenCompose(found -> attempt(notice, found))))
            .toList());
  }

  /** Fails when they cannot be known, whichever order is to blame. */
  private CompletableFuture<Map<OrderId, Contact>> contactsFor(List<Notice> notices) {
    try {
      return CompletableFuture.completedFuture(
          notices.isEmpty()
              ? Map.of()
              : contacts.of(notices.stream().map(Notice::orderId).distinct().toList()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("The contacts are not known", e));
    }
  }

  /**
   * Tells, as a task.
   *
   * @throws RuntimeException when it is not done
   */
  void tell(Notice notice) {
    if (!sent.unsent(List.of(notice)).isEmpty()) {
      Attempts.await(attempt(notice, contacts.of(List.of(notice.orderId()))));
    }
  }

  private CompletableFuture<Void> attempt(Notice notice, Map<OrderId, Contact> known) {
    var contact = known.get(notice.orderId());
    var trace = Traces.of(notice.orderId().value());
    return contact == null || contact.email() == null
        ? CompletableFuture.completedFuture(null)
        : attempts.begin(notice.id(), () -> mail(notice, contact, trace));
  }

  private CompletableFuture<Void> mail(Notice notice, Contact contact, @Nullable String trace) {
    var span = traces.begin("mail " + notice.kind(), trace);
    return CompletableFuture.runAsync(() -> postOffice.send(texts.write(notice, contact)), mails)
        .whenComplete((_, failure) -> span.end(failure))
        .thenCompose(_ -> notes.add(notice));
  }
}
