package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.queryside.ordering.model.OrderSelection;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Which rows are in a selection, behind a place, the newest first. There is an index for each way
 * to ask.
 *
 * @param sql what stands behind WHERE
 * @param parameters of it, in their order
 */
record OrderCondition(String sql, List<Object> parameters) {
  /**
   * @param last where the page before has ended
   * @param most how many rows
   */
  static OrderCondition of(OrderSelection selection, OrderPlace last, int most) {
    var conditions = new StringJoiner(" AND ");
    var parameters = new ArrayList<Object>();
    if (selection.orderId() != null) {
      conditions.add("order_id = ?");
      parameters.add(selection.orderId().value());
    }
    if (selection.userId() != null) {
      conditions.add("user_id = ?");
      parameters.add(selection.userId().value());
    }
    if (selection.productId() != null) {
      conditions.add("lines @> jsonb_build_array(jsonb_build_object('productId', ?::text))");
      parameters.add(selection.productId().value());
    }
    if (selection.status() != null) {
      conditions.add("status = ?");
      parameters.add(selection.status().name());
    }
    if (selection.placedFrom() != null) {
      conditions.add("created_at >= ?");
      parameters.add(selection.placedFrom().atOffset(ZoneOffset.UTC));
    }
    // The end of the time is a place like any other, so there is one upper bound to search for.
    var first =
        selection.placedTo() == null ? last : last.orOlder(OrderPlace.before(selection.placedTo()));
    conditions.add("(created_at, order_id) < (?, ?)");
    parameters.add(first.createdAt());
    parameters.add(first.orderId());
    parameters.add(most);
    return new OrderCondition(
        conditions + " ORDER BY created_at DESC, order_id DESC LIMIT ?", List.copyOf(parameters));
  }
}
