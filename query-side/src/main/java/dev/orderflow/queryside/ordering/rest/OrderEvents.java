package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.queryside.ordering.application.OrderWatch;
import dev.orderflow.queryside.ordering.model.Order;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The states of an order as server-sent events. */
final class OrderEvents implements OrderWatch.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(OrderEvents.class);
  private static final long NO_TIMEOUT = 0;

  private final SseEmitter emitter;

  private OrderEvents(SseEmitter emitter) {
    this.emitter = emitter;
  }

  /** What tells the reader until there is nothing more to tell. */
  @FunctionalInterface
  interface Source {
    void tell(OrderWatch.Reader reader) throws IOException, InterruptedException;
  }

  /** A stream with a thread of its own. */
  static SseEmitter of(Source source) {
    var emitter = new SseEmitter(NO_TIMEOUT);
    Thread.ofVirtual()
        .name("order-events")
        .start(() -> {
          try {
            source.tell(new OrderEvents(emitter));
          } catch (IOException | InterruptedException | IllegalStateException e) {
            LOG.debug("A reader of an order's events is gone: {}", e.toString());
          } catch (RuntimeException e) {
            // Readers connect again after an end without a final state, and name the last event
            // they got.
            LOG.warn("A stream of an order's events ends early: {}", e.toString());
          }
          emitter.complete();
        });
    return emitter;
  }

  @Override
  public void state(Order order) throws IOException {
    emitter.send(
        SseEmitter.event()
            .id(Long.toString(order.revision()))
            .name("order")
            .data(OrderJson.of(order)));
  }

  @Override
  public void nothingNew() throws IOException {
    emitter.send(SseEmitter.event().comment(""));
  }
}
