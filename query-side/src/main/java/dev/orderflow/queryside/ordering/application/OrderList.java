package dev.orderflow.queryside.ordering.application;

import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import dev.orderflow.queryside.paging.Page;
import dev.orderflow.queryside.paging.PageRequest;

/** Lists orders, the newest first. */
public interface OrderList {
  /** One page of those that are selected. */
  Page<Order> page(OrderSelection selection, PageRequest request);
}
