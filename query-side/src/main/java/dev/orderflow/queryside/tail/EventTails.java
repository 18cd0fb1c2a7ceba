package dev.orderflow.queryside.tail;

import dev.orderflow.platform.bounds.ClientConnection;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.security.Caller;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells records as server-sent events, each watcher with a thread and a consumer of its own. */
@Component
class EventTails implements ApplicationListener<ContextClosedEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(EventTails.class);
  private static final int MOST_OPEN = 10;
  private static final long NO_TIMEOUT = 0;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);

  private final ConsumerFactory<String, byte[]> consumers;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MOST_OPEN);
  private volatile boolean stopping;

  EventTails(
      @Qualifier("passingConsumers") ConsumerFactory<String, byte[]> consumers,
      InstantSource clock) {
    this.consumers = consumers;
    this.clock = clock;
  }

  /**
   * Opens a tail. It ends with the caller's token, and when the client is gone. The request's
   * thread begins the response: while that has not begun, filters add headers to it on their way
   * back, and no other thread may.
   *
   * @throws OverloadedException when too many are open on this instance
   */
  SseEmitter open(Caller caller, EventFilter filter, ClientConnection client) throws IOException {
    var emitter = new SseEmitter(NO_TIMEOUT);
    emitter.send(SseEmitter.event().comment(""));
    if (!places.tryAcquire()) {
      throw new OverloadedException("Too many watch the events here; try again.");
    }
    Thread.ofVirtual()
        .name("event-tail")
        .start(() -> {
          try {
            tell(caller, filter, client, emitter);
          } finally {
            places.release();
          }
        });
    return emitter;
  }

  private void tell(
      Caller caller, EventFilter filter, ClientConnection client, SseEmitter emitter) {
    try (var tail = EventTail.open(consumers)) {
      emitter.send(SseEmitter.event().name("open").data(""));
      var told = clock.instant();
      while (!stopping && !client.isGone()) {
        caller.requireValid(clock.instant());
        var taken = tail.take(LOOK_EVERY);
        told = tell(taken, filter, emitter, told);
      }
      emitter.complete();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("A watcher of the events is gone: {}", e.toString());
    } catch (KafkaException e) {
      LOG.warn(
          "Staff cannot watch the events until Kafka answers; the page connects again: {}",
          e.getMessage());
      emitter.complete();
    } catch (RuntimeException e) {
      LOG.debug("A watcher of the events is sent away: {}", e.toString());
      emitter.complete();
    }
  }

  private Instant tell(EventTail.Taken taken, EventFilter filter, SseEmitter emitter, Instant told)
      throws IOException {
    // At once, so that they are written once.
    var events = new LinkedHashSet<DataWithMediaType>();
    for (var record : taken.records()) {
      if (filter.matches(record)) {
        events.addAll(SseEmitter.event().name("record").data(EventRecordJson.of(record)).build());
      }
    }
    if (taken.skipped() > 0) {
      events.addAll(SseEmitter.event().name("skipped").data(taken.skipped()).build());
    }
    var now = clock.instant();
    if (!events.isEmpty()) {
      emitter.send(events);
      return now;
    }
    if (Duration.between(told, now).compareTo(HEARTBEAT_EVERY) < 0) {
      return told;
    }
    emitter.send(SseEmitter.event().comment(""));
    return now;
  }

  /** Before the servers begin to stop, since they wait for open streams. */
  @Override
  public void onApplicationEvent(ContextClosedEvent closing) {
    stopping = true;
  }
}
