package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
final class JdbcStartedSagas implements StartedSagas {
  private final JdbcClient jdbc;

  JdbcStartedSagas(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean add(OrderId orderId) {
    return jdbc.sql("INSERT INTO started_saga (order_id) VALUES (?) ON CONFLICT DO NOTHING")
            .param(orderId.value())
            .update()
        == 1;
  }
}
