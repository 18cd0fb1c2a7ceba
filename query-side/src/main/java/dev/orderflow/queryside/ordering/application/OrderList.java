package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.ordering.UserId;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.paging.Page;
import dev.orderflow.queryside.paging.PageRequest;

/** Lists orders, the newest first. */
public interface OrderList {
  /** One page of a customer's orders. */
  Page<Order> of(UserId userId, PageRequest request);

  /** One page of everybody's orders. */
  Page<Order> ofAll(PageRequest request);
}
