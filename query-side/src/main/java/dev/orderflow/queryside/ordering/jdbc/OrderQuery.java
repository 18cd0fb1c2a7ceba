package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.queryside.ordering.model.OrderSelection;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A query for the orders of a selection that come next behind a place in the list.
 *
 * @param sql of one statement
 * @param parameters of it, in their order
 */
record OrderQuery(String sql, List<Object> parameters) {
  private static final String NEWEST_FIRST = " ORDER BY created_at DESC, order_id DESC";

  /** How many orders are looked at for each one that is wanted, before an index is. */
  private static final int PATIENCE = 100;

  /**
   * The queries to ask one after the other until one finds as many orders as are wanted. There is
   * an index for each way to ask, in the order of the list; but for products, of which an order may
   * have several. Their index is right for rare ones, and going through the list is for common
   * ones; the planner, which cannot tell the two apart well, is not asked.
   *
   * @param columns to read
   * @param last where the page before has ended
   * @param most how many rows are wanted
   */
  static List<OrderQuery> inTurn(
      String columns, OrderSelection selection, OrderPlace last, int most) {
    var parameters = new ArrayList<Object>();
    var select = "SELECT " + columns + " FROM ";
    var chosen = "order_view WHERE " + condition(selection, last, parameters);
    var product = selection.productId();
    if (product == null) {
      return List.of(
          new OrderQuery(select + chosen + NEWEST_FIRST + " LIMIT ?", with(parameters, most)));
    }
    var ofProduct = "lines @> jsonb_build_array(jsonb_build_object('productId', ?::text))";
    return List.of(
        new OrderQuery(
            select
                + "(SELECT * FROM %s%s LIMIT ?) AS newest WHERE %s%s LIMIT ?"
                    .formatted(chosen, NEWEST_FIRST, ofProduct, NEWEST_FIRST),
            with(parameters, PATIENCE * most, product.value(), most)),
        // OFFSET has the rows found before they are put in order.
        new OrderQuery(
            select
                + "(SELECT * FROM %s AND %s OFFSET 0) AS found%s LIMIT ?"
                    .formatted(chosen, ofProduct, NEWEST_FIRST),
            with(parameters, product.value(), most)));
  }

  private static String condition(
      OrderSelection selection, OrderPlace last, List<Object> parameters) {
    var conditions = new ArrayList<String>();
    if (selection.orderId() != null) {
      conditions.add("order_id = ?");
      parameters.add(selection.orderId().value());
    }
    if (selection.userId() != null) {
      conditions.add("user_id = ?");
      parameters.add(selection.userId().value());
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
    return String.join(" AND ", conditions);
  }

  private static List<Object> with(List<Object> parameters, Object... more) {
    var all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return all;
  }
}
