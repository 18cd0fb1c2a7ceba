package dev.orderflow.queryside.ordering.application;

import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderSelection;

/** Lists orders, the newest first. */
public interface OrderList {
  /** One page of those that are selected. */
  Page<Order> page(OrderSelection selection, PageRequest request);
}
