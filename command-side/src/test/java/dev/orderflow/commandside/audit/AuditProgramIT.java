package dev.orderflow.commandside.audit;

import static dev.orderflow.commandside.audit.History.KETTLE;
import static dev.orderflow.commandside.audit.History.ORDER;
import static dev.orderflow.commandside.audit.History.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.EventRevision;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class AuditProgramIT {
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  AuditProgramIT() throws Exception {
    Flyway.configure().dataSource(database.dataSource()).load().migrate();
    append("product-" + KETTLE, List.of(History.created()));
    append("stock-" + KETTLE, List.of(History.received(10, 10), History.reserved(2)));
    append("order-" + ORDER, List.of(History.placed()));
    append("payment-" + PAYMENT, List.of(History.requested(), History.paid()));
    append("order-" + ORDER, 1, History.confirmed());
    append("stock-" + KETTLE, 2, History.committed(2));
  }

  @Test
  void a_history_that_keeps_the_rules_passes() {
    assertThat(run()).isZero();

    assertThat(report())
        .contains("8 events in the event store:")
        .doesNotContain("BROKEN", "Under way");
    assertThat(report().lines().filter(line -> line.startsWith("  holds")))
        .hasSize(HistoryRule.values().length);
  }

  @Test
  void what_is_wrong_is_named_with_the_first_event_that_shows_it() {
    rewrite(3, "\"reserved\":2", "\"reserved\":3");
    rewrite(4, "\"price\":5.0", "\"price\":4.0");
    jdbc.update("DELETE FROM domain_event WHERE global_index = 5");

    assertThat(run()).isEqualTo(1);

    assertThat(report())
        .contains(
            """
              BROKEN  Every stream counts its events from 0, without a hole
                      first by event 6 (PaymentCompletedEvent, sequence 1 of payment-%s): expected sequence 0
            """
                .formatted(PAYMENT))
        .contains(
            "first by event 3 (StockReservedEvent, sequence 1 of stock-KETTLE): it says available 8,"
                + " reserved 3, sold 0; from what was before follow available 8, reserved 2, sold 0")
        .contains("and 1 more")
        .contains("KETTLE was sold at 4.00 EUR; its price was 5.00 EUR then")
        .contains("its total is 10.0, that of its items 8.0")
        .contains(
            "event 6 (PaymentCompletedEvent, sequence 1 of payment-%s): it was not requested"
                .formatted(PAYMENT))
        .contains("  holds   Every reservation is made once");
  }

  @Test
  void what_cannot_be_read_is_named_and_the_rest_is_looked_at() {
    jdbc.update("UPDATE domain_event SET payload_type = 'no.such.Event' WHERE global_index = 1");
    rewrite(8, "\"quantity\":2", "\"quantity\":-2");

    assertThat(run()).isEqualTo(1);

    assertThat(report())
        .contains("event 1 (sequence 0 of product-KETTLE) is a no.such.Event of revision 2")
        .contains("KETTLE was sold at 5.00 EUR; its price was unknown then");
  }

  @Test
  void what_has_not_ended_is_counted() {
    jdbc.update("DELETE FROM domain_event WHERE global_index > 5");

    assertThat(run()).isZero();

    assertThat(report()).contains("Under way: orders (1), the oldest since 2026-11-22T10:00:00Z");
  }

  @Test
  void what_could_not_be_found_out_is_no_pass() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(report()).contains("SPRING_DATASOURCE_URL is not set");
    assertThat(run(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/none")))
        .isEqualTo(2);
    assertThat(report()).contains("The event store could not be read to its end");
    jdbc.execute("DROP VIEW event_log");
    jdbc.execute("DROP TABLE domain_event");
    assertThat(run()).isEqualTo(2);
  }

  private int run() {
    return run(
        Map.of("SPRING_DATASOURCE_URL", database.url(), "SPRING_DATASOURCE_USERNAME", "postgres"));
  }

  private int run(Map<String, String> environment) {
    printed.reset();
    return new AuditProgram(
            environment, new PrintStream(printed, true, StandardCharsets.UTF_8), false)
        .run();
  }

  private String report() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void append(String stream, List<DomainEvent> events) throws Exception {
    for (var i = 0; i < events.size(); i++) {
      append(stream, i, events.get(i));
    }
  }

  private void append(String stream, long sequence, DomainEvent event) throws Exception {
    jdbc.update(
        """
        INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type, payload_type,
          payload_revision, payload, metadata, recorded_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        UUID.randomUUID().toString(),
        stream,
        sequence,
        "aggregate",
        event.getClass().getName(),
        Integer.toString(event.getClass().getAnnotation(EventRevision.class).value()),
        EventJson.mapper().writeValueAsBytes(event),
        "{}".getBytes(StandardCharsets.UTF_8),
        event.timestamp().toString());
  }

  private void rewrite(long globalIndex, String from, String to) {
    var rows =
        jdbc.update(
            """
            UPDATE domain_event
            SET payload = convert_to(replace(convert_from(payload, 'UTF8'), ?, ?), 'UTF8')
            WHERE global_index = ? AND position(? IN convert_from(payload, 'UTF8')) > 0\
            """,
            from,
            to,
            globalIndex,
            from);
    assertThat(rows).isEqualTo(1);
  }
}
