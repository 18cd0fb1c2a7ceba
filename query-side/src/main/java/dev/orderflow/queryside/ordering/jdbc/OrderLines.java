package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.api.ordering.OrderItem;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The lines of an order in the column {@code lines}. */
final class OrderLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<OrderItem>> LINES = new TypeReference<>() {};

  private OrderLines() {}

  static String write(List<OrderItem> lines) {
    return JSON.writeValueAsString(lines);
  }

  static List<OrderItem> read(String lines) {
    return JSON.readValue(lines, LINES);
  }
}
