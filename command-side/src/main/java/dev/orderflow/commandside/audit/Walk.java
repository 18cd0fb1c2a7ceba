package dev.orderflow.commandside.audit;

/** An order in which the event store is walked through, and what is looked at on the way. */
enum Walk {
  STREAMS(
      "streams",
      "SELECT aggregate_id AS group_key, domain_event.* FROM domain_event",
      "sequence_number, global_index"),

  PRODUCTS(
      "products",
      """
      SELECT substr(aggregate_id, length('product-') + 1) AS group_key, domain_event.*
      FROM domain_event WHERE aggregate_id LIKE 'product-%'
      UNION ALL
      SELECT substr(aggregate_id, length('stock-') + 1), domain_event.*
      FROM domain_event WHERE aggregate_id LIKE 'stock-%'
      UNION ALL
      SELECT DISTINCT ON (global_index, item ->> 'productId') item ->> 'productId', domain_event.*
      FROM domain_event,
        jsonb_array_elements(convert_from(payload, 'UTF8')::jsonb -> 'items') AS item
      WHERE payload_type LIKE '%.OrderPlacedEvent'
      """,
      "global_index"),

  ORDERS(
      "orders",
      """
      SELECT substr(aggregate_id, length('order-') + 1) AS group_key, domain_event.*
      FROM domain_event WHERE aggregate_id LIKE 'order-%'
      UNION ALL
      SELECT coalesce(event ->> 'reservationId', event ->> 'orderId'), domain_event.*
      FROM domain_event, LATERAL (SELECT convert_from(payload, 'UTF8')::jsonb AS event)
      WHERE aggregate_id LIKE 'payment-%'
        OR aggregate_id LIKE 'stock-%' AND payload_type NOT LIKE '%.StockReceivedEvent'
      """,
      "global_index");

  private final String groups;
  private final String rows;
  private final String order;

  /**
   * @param groups what is looked at, for a person
   * @param rows the events, each with the key of its group
   * @param order of the events within a group
   */
  Walk(String groups, String rows, String order) {
    this.groups = groups;
    this.rows = rows;
    this.order = order;
  }

  String groups() {
    return groups;
  }

  /** All rows, those of a group together and in their order. */
  String query() {
    return "SELECT * FROM (%s) AS events ORDER BY group_key COLLATE \"C\", %s"
        .formatted(rows, order);
  }

  /** How many rows {@link #query} has. */
  String count() {
    return "SELECT count(*) FROM (%s) AS events".formatted(rows);
  }

  Inspection of(String group, Findings findings) {
    return switch (this) {
      case STREAMS -> new StreamInspection(findings);
      case PRODUCTS -> new ProductInspection(group, findings);
      case ORDERS -> new OrderInspection(group, findings);
    };
  }
}
