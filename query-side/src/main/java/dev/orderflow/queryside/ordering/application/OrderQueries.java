package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import org.springframework.stereotype.Service;

/** What callers may see of orders: customers their own, staff all. */
@Service
public class OrderQueries {
  private final OrderReader view;
  private final OrderList list;
  private final FreshOrders fresh;

  OrderQueries(OrderReader view, OrderList list, FreshOrders fresh) {
    this.view = view;
    this.list = list;
    this.fresh = fresh;
  }

  /**
   * One order, found from the moment it is placed.
   *
   * @throws Rejection.OrderNotFound when there is none, or it is not the caller's to see
   */
  public Order find(Caller caller, OrderId orderId) throws Rejection.OrderNotFound {
    return view.find(orderId)
        .or(() -> fresh.find(orderId).map(this::newest))
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

  /** One page of what is selected of all customers' orders, the newest first; for staff only. */
  public Page<Order> all(OrderSelection selection, PageRequest request) {
    return list.page(selection, request);
  }

  /** While the answer was on its way, the view may have gone past it. */
  private Order newest(Order answer) {
    return view.find(answer.orderId())
        .filter(seen -> seen.revision() > answer.revision())
        .orElse(answer);
  }
}
