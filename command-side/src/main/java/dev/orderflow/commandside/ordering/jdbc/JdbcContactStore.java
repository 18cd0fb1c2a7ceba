package dev.orderflow.commandside.ordering.jdbc;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.ordering.application.ContactStore;
import dev.orderflow.platform.postgres.TextArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcContactStore implements ContactStore {
  private final JdbcClient jdbc;

  JdbcContactStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void save(List<GivenContact> contacts) {
    jdbc.sql(
            """
            INSERT INTO order_contact (order_id, user_id, name, email, address, locale)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
            ON CONFLICT (order_id) DO NOTHING\
            """)
        .param(TextArray.of(contacts, it -> it.orderId().value()))
        .param(TextArray.of(contacts, it -> it.contact().userId().value()))
        .param(TextArray.of(contacts, it -> it.contact().contact().name()))
        .param(TextArray.of(contacts, it -> it.contact().contact().email()))
        .param(TextArray.of(contacts, it -> it.contact().contact().address()))
        .param(TextArray.of(contacts, it -> it.contact().contact().locale()))
        .update();
  }

  @Override
  public Map<OrderId, OrderContact> find(Collection<OrderId> orderIds) {
    return jdbc
        .sql("SELECT * FROM order_contact WHERE order_id = ANY (?)")
        .param(TextArray.of(orderIds, OrderId::value))
        .query(JdbcContactStore::given)
        .list()
        .stream()
        .collect(Collectors.toMap(GivenContact::orderId, GivenContact::contact));
  }

  @Override
  public List<GivenContact> of(UserId userId, @Nullable OrderId last, int most) {
    return jdbc.sql(
            """
            SELECT * FROM order_contact WHERE user_id = ? AND order_id > ?
            ORDER BY order_id LIMIT ?\
            """)
        .params(userId.value(), last == null ? "" : last.value(), most)
        .query(JdbcContactStore::given)
        .list();
  }

  private static GivenContact given(ResultSet row, int number) throws SQLException {
    return new GivenContact(
        new OrderId(row.getString("order_id")),
        new OrderContact(
            new UserId(row.getString("user_id")),
            new Contact(
                row.getString("name"),
                row.getString("email"),
                row.getString("address"),
                row.getString("locale"))));
  }

  @Override
  public void erase(UserId userId) {
    jdbc.sql("DELETE FROM order_contact WHERE user_id = ?").param(userId.value()).update();
  }
}
