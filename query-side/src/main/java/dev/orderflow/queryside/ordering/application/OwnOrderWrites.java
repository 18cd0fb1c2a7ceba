package dev.orderflow.queryside.ordering.application;

import dev.orderflow.platform.consistency.WriteMark;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.queryside.live.OwnWrites;
import java.util.List;
import org.springframework.stereotype.Service;

/** Lets those who read orders see what they have just written. */
@Service
public class OwnOrderWrites {
  private final OrderReader view;
  private final OwnWrites writes;

  OwnOrderWrites(OrderReader view, OwnWrites writes) {
    this.view = view;
    this.writes = writes;
  }

  /**
   * Returns as soon as the view has taken in the orders among the writes. It never takes in, for
   * this caller, what is somebody else's order: waiting must not tell that there is one.
   *
   * @throws UnavailableException when it does not in time
   * @throws OverloadedException when too many wait already
   */
  public void await(Caller caller, List<WriteMark> written) {
    writes.await(written, write -> hasTakenIn(caller, write));
  }

  private boolean hasTakenIn(Caller caller, WriteMark write) {
    return switch (write) {
      case WriteMark.OfOrder placed ->
          view.find(placed.orderId())
              .filter(order -> caller.maySee(order.userId()))
              .filter(order -> order.revision() >= placed.revision())
              .isPresent();
      // No product and no stock is read here.
      case WriteMark.OfProduct _, WriteMark.OfStock _ -> true;
    };
  }
}
