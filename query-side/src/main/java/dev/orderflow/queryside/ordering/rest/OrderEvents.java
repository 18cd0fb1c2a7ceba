package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.platform.bounds.ClientConnection;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.queryside.live.Reader;
import dev.orderflow.queryside.live.WatchSubscription;
import dev.orderflow.queryside.ordering.model.Order;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The states of an order as server-sent events. */
final class OrderEvents implements Reader<Order> {
  private static final Logger LOG = LoggerFactory.getLogger(OrderEvents.class);
  private static final long NO_TIMEOUT = 0;
  private static final int SHORTEST_PAUSE_MS = 1_000;
  private static final int LONGEST_PAUSE_MS = 5_000;

  private final SseEmitter emitter;
  private final ClientConnection client;
  private final OrderEventTexts texts;

  /** Differs, so that not all readers of an instance that stopped connect again at once. */
  private final int pauseMs =
      ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);

  private OrderEvents(SseEmitter emitter, ClientConnection client, OrderEventTexts texts) {
    this.emitter = emitter;
    this.client = client;
    this.texts = texts;
  }

  /**
   * Tells the stream with a thread of its own. The request's thread begins the response: while that
   * has not begun, filters add headers to it on their way back, and no other thread may.
   */
  static SseEmitter of(
      WatchSubscription<Order> stream, ClientConnection client, OrderEventTexts texts)
      throws IOException {
    var emitter = new SseEmitter(NO_TIMEOUT);
    var reader = new OrderEvents(emitter, client, texts);
    reader.heartbeat();
    Thread.ofVirtual().name("order-events").start(() -> tell(stream, reader));
    return emitter;
  }

  /** Readers connect again after an end without a final state, and name the last event they got. */
  private static void tell(WatchSubscription<Order> stream, OrderEvents reader) {
    var gone = false;
    try {
      stream.tell(reader);
    } catch (IOException | InterruptedException e) {
      // The container, which has met the error first, has ended the request.
      gone = true;
      LOG.debug("A reader of an order's events is gone: {}", e.toString());
    } catch (RuntimeException e) {
      if (Failure.of(e).code() == ErrorCode.INTERNAL) {
        LOG.error(
            "A stream of an order's events ended because of a bug; the browser connects again", e);
      } else {
        LOG.debug("A stream of an order's events ends early: {}", e.toString());
      }
    } finally {
      if (!gone) {
        reader.emitter.complete();
      }
    }
  }

  @Override
  public void state(Order order) throws IOException {
    send(texts.of(order));
  }

  @Override
  public void heartbeat() throws IOException {
    send(SseEmitter.event().reconnectTime(pauseMs).build());
  }

  @Override
  public boolean isGone() {
    return client.isGone();
  }

  private void send(Set<DataWithMediaType> event) throws IOException {
    try {
      emitter.send(event);
    } catch (IllegalStateException e) {
      throw new IOException("The container has ended the stream", e);
    }
  }
}
