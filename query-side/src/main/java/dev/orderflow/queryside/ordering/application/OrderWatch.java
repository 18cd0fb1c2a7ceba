package dev.orderflow.queryside.ordering.application;

import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.queryside.live.Changes;
import dev.orderflow.queryside.ordering.model.Order;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Service;

/** Follows an order to its end. */
@Service
public class OrderWatch {
  /**
   * Often enough for proxies not to cut a silent connection, and to notice a reader who is gone.
   */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final OrderReader view;
  private final Changes changes;

  OrderWatch(OrderReader view, Changes changes) {
    this.view = view;
    this.changes = changes;
  }

  /** Who is told. */
  public interface Reader {
    /** The order as it is now; its revision is greater than in every call before. */
    void state(Order order) throws IOException, InterruptedException;

    /** Nothing has changed for a while. */
    void nothingNew() throws IOException;
  }

  /**
   * Tells the reader the current state and then every newer one, until the order is final. Blocks
   * the calling thread meanwhile; a slow reader is told the newest state only.
   *
   * @param order as it was found for the caller, who may see it
   * @param known the revision that the reader knows already; 0 for none
   * @throws IOException when the reader is gone
   * @throws UnavailableException when this instance stops
   */
  public void follow(Order order, long known, Reader reader)
      throws IOException, InterruptedException {
    try (var watch = changes.watch(order.orderId().value())) {
      var current = newest(order);
      var told = known;
      while (true) {
        if (current.revision() > told) {
          reader.state(current);
          told = current.revision();
        }
        if (current.status().isFinal()) {
          return;
        }
        if (!watch.await(SIGN_OF_LIFE)) {
          reader.nothingNew();
        }
        current = newest(current);
      }
    }
  }

  private Order newest(Order known) {
    return view.find(known.orderId())
        .filter(seen -> seen.revision() > known.revision())
        .orElse(known);
  }
}
