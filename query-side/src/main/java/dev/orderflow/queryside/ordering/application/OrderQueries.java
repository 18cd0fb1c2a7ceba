package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.platform.consistency.ConsistencyToken;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import dev.orderflow.queryside.live.ReadYourWrites;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import java.util.List;
import org.springframework.stereotype.Service;

/** What callers may see of orders: customers their own, staff all. */
@Service
public class OrderQueries {
  private final OrderReader view;
  private final OrderList list;
  private final FreshOrders fresh;
  private final ReadYourWrites writes;

  OrderQueries(OrderReader view, OrderList list, FreshOrders fresh, ReadYourWrites writes) {
    this.view = view;
    this.list = list;
    this.fresh = fresh;
    this.writes = writes;
  }

  /**
   * Returns as soon as the view has taken in the orders among the writes. For this caller it never
   * takes in another customer's order: waiting must not tell that there is one.
   *
   * @throws UnavailableException when it does not in time
   * @throws OverloadedException when too many wait already
   */
  public void awaitWritten(Caller caller, List<ConsistencyToken> written) {
    writes.await(written, write -> hasTakenIn(caller, write));
  }

  private boolean hasTakenIn(Caller caller, ConsistencyToken write) {
    return switch (write) {
      case ConsistencyToken.OfOrder placed ->
          view.find(placed.orderId())
              .filter(order -> caller.maySee(order.userId()))
              .filter(order -> order.revision() >= placed.revision())
              .isPresent();
      // No product and no stock is read here.
      case ConsistencyToken.OfProduct _, ConsistencyToken.OfStock _ -> true;
    };
  }

  /**
   * One order, found from the moment it is placed.
   *
   * @throws Rejection.OrderNotFound when there is none, or it is not the caller's to see
   * @throws UnavailableException when the view does not know it, and its origin does not answer
   * @throws OverloadedException when too many wait already for what the view does not know
   */
  public Order find(Caller caller, OrderId orderId) throws Rejection.OrderNotFound {
    return view.find(orderId)
        .or(() -> writes.whileWaiting(() -> fresh.find(orderId)).map(this::newest))
        .filter(order -> caller.maySee(order.userId()))
        .orElseThrow(Rejection.OrderNotFound::new);
  }

  /** One page of what is selected of the orders that the caller may see, the newest first. */
  public Page<Order> visible(Caller caller, OrderSelection selection, PageRequest request) {
    return caller.has(Scope.STAFF)
        ? list.page(selection, request)
        : own(caller, selection, request);
  }

  /** One page of what is selected of the caller's own orders, the newest first. */
  public Page<Order> own(Caller caller, OrderSelection selection, PageRequest request) {
    return list.page(selection.of(caller.userId()), request);
  }

  /** While the answer was on its way, the view may have gone past it. */
  private Order newest(Order answer) {
    return view.find(answer.orderId())
        .filter(seen -> seen.revision() > answer.revision())
        .orElse(answer);
  }
}
