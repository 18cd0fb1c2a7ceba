package dev.orderflow.commandside.ordering.jdbc;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.ordering.application.ContactStore;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcContactStore implements ContactStore {
  private final JdbcClient jdbc;

  JdbcContactStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Leaves it to the events to tell which of two twins was faster. */
  @Override
  public void save(OrderId orderId, UserId userId, Contact contact) {
    jdbc.sql(
            """
            INSERT INTO order_contact (order_id, user_id, name, email, address, locale)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (order_id) DO NOTHING\
            """)
        .param(orderId.value())
        .param(userId.value())
        .param(contact.name())
        .param(contact.email())
        .param(contact.address())
        .param(contact.locale())
        .update();
  }

  @Override
  public Optional<OrderContact> find(OrderId orderId) {
    return jdbc.sql(
            "SELECT user_id, name, email, address, locale FROM order_contact WHERE order_id = ?")
        .param(orderId.value())
        .query((row, _) ->
            new OrderContact(
                new UserId(row.getString("user_id")),
                new Contact(
                    row.getString("name"),
                    row.getString("email"),
                    row.getString("address"),
                    row.getString("locale"))))
        .optional();
  }

  @Override
  public void erase(UserId userId) {
    jdbc.sql("DELETE FROM order_contact WHERE user_id = ?").param(userId.value()).update();
  }
}
