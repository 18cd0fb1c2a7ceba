package dev.orderflow.queryside.ordering.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.queryside.ordering.model.Order;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders as CSV (RFC 4180, in UTF-8, with a header), a record each. Programs for spreadsheets take
 * a cell for a formula that begins like one; such a cell gets an apostrophe in front, as OWASP
 * recommends.
 */
final class OrderCsv {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final CsvWriter csv;

  private OrderCsv(CsvWriter csv) {
    this.csv = csv;
  }

  /** Begins with the header. Never closes the stream: what is closed looks complete. */
  static OrderCsv to(OutputStream out) {
    var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
    csv.writeRecord(
        "orderId",
        "userId",
        "status",
        "createdAt",
        "totalAmount",
        "currency",
        "items",
        "cancelReason",
        "version");
    return new OrderCsv(csv);
  }

  void write(Order order) {
    csv.writeRecord(
        Stream.of(
                order.orderId(),
                order.userId(),
                order.status(),
                order.createdAt(),
                order.total().amount().toPlainString(),
                order.total().currency().getCurrencyCode(),
                order.items().stream().map(OrderCsv::text).collect(Collectors.joining("; ")),
                Objects.requireNonNullElse(order.cancelReason(), ""),
                order.version())
            .map(value -> cell(value.toString()))
            .toList());
  }

  void end() throws IOException {
    csv.flush();
  }

  static String cell(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** Such as {@code 2 x PROD-PHIN at 185000}. */
  private static String text(OrderItem item) {
    return "%d x %s at %s"
        .formatted(item.quantity().value(), item.productId().value(), item.price().toPlainString());
  }
}
