package dev.orderflow.queryside.ordering;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.cancelled;
import static dev.orderflow.queryside.testing.Events.key;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.testing.RunningQuerySide;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders as a file. Each test has its own users. */
class OrderExportIT {
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Test
  void an_order_is_a_record() {
    running
        .publisher()
        .publish(placed("ivy", 1, at(1), "MUG"), placed("ivy", 2), cancelled("ivy", 1, at(3)));
    await().until(() -> export("?userId=ivy&productId=MUG&status=CANCELLED").size() == 2);

    var answer = running.getAs(running.staff(), "/admin/orders.csv?userId=ivy&productId=MUG");

    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"orders.csv\"");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.response().body())
        .isEqualTo(
            "orderId,userId,status,createdAt,totalAmount,currency,items,cancelReason,version\r\n"
                + "%s,ivy,CANCELLED,2026-11-22T10:00:01Z,100000,VND,2 x MUG at 50000,PAYMENT_FAILED,%s\r\n"
                    .formatted(orderId("ivy", 1), key("ivy", 1)));
  }

  @Test
  void every_order_of_many_pages_is_there_once_the_newest_first() {
    running
        .publisher()
        .publish(
            IntStream.rangeClosed(1, 250)
                .mapToObj(n -> placed("jon", n))
                .toArray(SequencedEvent[]::new));
    await().until(() -> export("?userId=jon").size() == 251);

    assertThat(export("?userId=jon").stream().skip(1).map(order -> order.getField(0)))
        .containsExactlyElementsOf(
            IntStream.iterate(250, n -> n > 0, n -> n - 1)
                .mapToObj(n -> orderId("jon", n).value())
                .toList());
  }

  @Test
  void no_cell_is_a_formula_and_every_cell_is_read_as_it_was_written() {
    var users = List.of("=1+1", "+1", "-1", "@SUM(A1)", "a,\"b\"'");
    for (var user : users) {
      running.publisher().publish(placed(user, 1, at(1), "FORMULA"));
    }
    await().until(() -> export("?productId=FORMULA").size() == users.size() + 1);

    assertThat(export("?productId=FORMULA").stream().skip(1).map(order -> order.getField(1)))
        .containsExactlyInAnyOrder("'=1+1", "'+1", "'-1", "'@SUM(A1)", "a,\"b\"'");
  }

  @Test
  void a_selection_without_orders_is_a_header() {
    assertThat(export("?userId=nobody")).hasSize(1);
  }

  @Test
  void what_cannot_be_selected_is_a_problem() {
    assertProblem(
        running.getAs(running.staff(), "/admin/orders.csv?status=PAID"), 400, "VALIDATION_FAILED");
    assertProblem(
        running.getAs(running.staff(), "/admin/orders.csv", "Accept", "application/json"),
        406,
        "NOT_ACCEPTABLE");
  }

  @Test
  void an_export_that_fails_in_the_middle_does_not_look_whole() throws Exception {
    running
        .publisher()
        .publish(
            IntStream.rangeClosed(1, 300)
                .mapToObj(n -> placed("kim", n))
                .toArray(SequencedEvent[]::new));
    await().until(() -> export("?userId=kim").size() == 301);
    // The oldest one comes last, on a page of its own.
    currencyOfTheOldest("none");
    try {
      var answer = running.open(running.staff(), "/admin/orders.csv?userId=kim");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThatThrownBy(answer.body()::readAllBytes).isInstanceOf(IOException.class);
    } finally {
      currencyOfTheOldest("VND");
    }
  }

  private void currencyOfTheOldest(String currency) {
    running
        .database()
        .execute(
            "UPDATE query_side.order_view SET currency = '%s' WHERE order_id = '%s'"
                .formatted(currency, orderId("kim", 1).value()));
  }

  private List<CsvRecord> export(String query) {
    var answer = running.getAs(running.staff(), "/admin/orders.csv" + query);
    assertThat(answer.status()).isEqualTo(200);
    return CsvReader.builder().ofCsvRecord(answer.response().body()).stream().toList();
  }
}
