package dev.orderflow.broken.queryside.ordering.grpc;

import dev.orderflow.broken.queryside.catalog.application.TableReader;
import dev.orderflow.broken.queryside.ordering.jdbc.OrderTable;

/** An adapter that knows another one, and another context. */
public class OrderService {
  OrderTable table;
  TableReader products;
}
