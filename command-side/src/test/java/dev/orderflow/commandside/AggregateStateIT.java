package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an instance remembers or reads of an aggregate is what the store says, quickly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AggregateStateIT {
  private static final int SNAPSHOT_EVERY = 50;
  private static final int MANY = 25_000 * Integer.getInteger("orderflow.test.scale", 1);

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String staff = SigningKeys.TRUSTED.token("admin", "staff");
  private final String alice = SigningKeys.TRUSTED.token("alice", "customer");
  private Instance first;
  private Instance second;
  private String product;
  private String path;

  @BeforeAll
  void two_instances() throws Exception {
    first = start();
    second = start();
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  private Instance start() {
    return Instance.start(
        database,
        Instance.PATIENT_WITH_OTHERS,
        "--orderflow.event-store.snapshot-every=" + SNAPSHOT_EVERY,
        "--orderflow.ordering.max-pieces=" + 2 * MANY);
  }

  @BeforeEach
  void a_product_with_ten_pieces() {
    product = "PROD-" + UUID.randomUUID();
    path = "/products/" + product;
    send(
        first,
        "POST",
        "/products",
        """
        {"productId": "%s", "name": "Kettle", "price": 100, "currency": "VND"}\
        """
            .formatted(product));
    receive(first, 10);
  }

  @Test
  void answers_that_change_nothing_rest_on_what_another_instance_did_just_before() {
    // Both remember the product now.
    send(first, "POST", path + "/activate", "");
    send(second, "POST", path + "/activate", "");
    for (var round = 1; round <= 10; round++) {
      send(second, "POST", path + "/deactivate", "");
      assertThat(order(first, 1).code()).isEqualTo("PRODUCT_INACTIVE");
      send(first, "POST", path + "/activate", "");
      var price = 100 + round;
      send(second, "PUT", path + "/price", "{\"price\": " + price + "}");
      assertThat(order(first, 11).code()).isEqualTo("PRICE_CHANGED");
      assertThat(
              first
                  .send(
                      "PUT",
                      path + "/price",
                      staff,
                      "{\"price\": 1}",
                      "If-Match",
                      "\"" + round + "\"")
                  .status())
          .isEqualTo(412);
    }
  }

  @Test
  void a_shortage_counts_what_another_instance_received_just_before() {
    receive(second, 1);
    var shortage = order(first, 12).body().path("shortages").get(0);
    assertThat(shortage.path("available").asInt()).isEqualTo(11);
    assertThat(shortage.path("requested").asInt()).isEqualTo(12);
  }

  @Test
  void a_stream_of_very_many_stock_events_is_read_from_its_snapshot() {
    appendReceiptsBehindTheInstance(MANY);
    receive(first, 1);
    assertThat(snapshots("stock-" + product)).isOne();
    // Reading one of these would fail.
    jdbc.sql(
            "UPDATE domain_event SET payload = 'nonsense' WHERE aggregate_id = ? AND sequence_number < ?")
        .params("stock-" + product, MANY)
        .update();

    try (var fresh = start()) {
      assertThat(order(fresh, MANY + 12).body().path("shortages").get(0).path("available").asInt())
          .isEqualTo(MANY + 11);
    }
  }

  @Test
  void a_snapshot_of_another_revision_is_passed_over_and_made_anew() {
    changePriceTimes(SNAPSHOT_EVERY);
    assertThat(snapshots("product-" + product)).isOne();
    jdbc.sql(
            """
            UPDATE snapshot_event SET payload_revision = '0', payload = 'nonsense'::bytea
            WHERE aggregate_id = ?\
            """)
        .param("product-" + product)
        .update();

    try (var fresh = start()) {
      send(fresh, "PUT", path + "/price", "{\"price\": 7}");
      assertThat(
              jdbc.sql("SELECT payload_revision FROM snapshot_event WHERE aggregate_id = ?")
                  .param("product-" + product)
                  .query(String.class)
                  .list())
          .containsExactly("2");
      assertThat(order(fresh, 1).body().path("changes").get(0).path("currentVersion").asInt())
          .isEqualTo(SNAPSHOT_EVERY + 2);
    }
  }

  @Test
  void events_of_an_earlier_revision_are_read_as_the_present_one() {
    assertThat(
            jdbc.sql(
                    """
                    UPDATE domain_event SET payload_revision = '1',
                      payload = convert_to(
                        replace(convert_from(payload, 'UTF8'), '"active":true,', ''), 'UTF8')
                    WHERE aggregate_id = ? AND payload_revision = '2'\
                    """)
                .param("product-" + product)
                .update())
        .isOne();

    // The other instance has not heard of the product yet.
    var stream = "product-" + product;
    var created = second.bean(EventStorage.class).read(Map.of(stream, 0L)).get(stream).getFirst();

    assertThat(((ProductCreatedEvent) created.getPayload()).active()).isTrue();
    assertThat(order(second, 1).status()).isEqualTo(201);
  }

  @Test
  void a_store_that_has_lost_events_gets_no_hole() {
    send(first, "PUT", path + "/price", "{\"price\": 200}");
    send(first, "PUT", path + "/price", "{\"price\": 300}");
    jdbc.sql("DELETE FROM domain_event WHERE aggregate_id = ? AND sequence_number = 2")
        .param("product-" + product)
        .update();

    send(first, "PUT", path + "/price", "{\"price\": 400}");

    assertThat(
            jdbc.sql(
                    """
                    SELECT sequence_number FROM domain_event WHERE aggregate_id = ?
                    ORDER BY sequence_number\
                    """)
                .param("product-" + product)
                .query(Integer.class)
                .list())
        .containsExactly(0, 1, 2);
  }

  @Test
  void who_waits_too_long_is_told_to_try_again_and_nothing_is_done() throws Exception {
    try (var impatient = Instance.start(database);
        var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE domain_event IN ACCESS EXCLUSIVE MODE");

      var refused = order(impatient, 1);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("UNAVAILABLE");
      assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
      connection.rollback();
    }
    assertThat(order(first, 10).status()).isEqualTo(201);
  }

  private void changePriceTimes(int times) {
    for (var i = 1; i <= times; i++) {
      send(first, "PUT", path + "/price", "{\"price\": " + (1_000 + i) + "}");
    }
  }

  /** Receipts of one piece each, after the first one of ten. */
  private void appendReceiptsBehindTheInstance(int count) {
    jdbc.sql(
            """
            INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type, payload_type,
              payload_revision, payload, metadata, recorded_at)
            SELECT gen_random_uuid(), aggregate_id, n, type, payload_type, payload_revision,
              convert_to(
                (convert_from(payload, 'UTF8')::jsonb
                  || jsonb_build_object('quantity', 1, 'available', 10 + n))::text, 'UTF8'),
              metadata, recorded_at
            FROM domain_event, generate_series(1, ?) AS n WHERE aggregate_id = ?\
            """)
        .param(count)
        .param("stock-" + product)
        .update();
  }

  private int snapshots(String stream) {
    return jdbc.sql("SELECT count(*) FROM snapshot_event WHERE aggregate_id = ?")
        .param(stream)
        .query(Integer.class)
        .single();
  }

  private void receive(Instance instance, int pieces) {
    send(instance, "POST", "/inventory/" + product + "/receipts", "{\"quantity\": " + pieces + "}");
  }

  private void send(Instance instance, String method, String path, String body) {
    var answer = instance.send(method, path, staff, body);
    assertThat(answer.status()).as("%s", answer.body()).isIn(List.of(200, 201));
  }

  /** At the first price. */
  private Instance.Answer order(Instance instance, int quantity) {
    return instance.send(
        "POST",
        "/orders",
        alice,
        """
        {"version": "alice_20241201143022_%s", "items": [
          {"productId": "%s", "quantity": %d, "expectedPrice": 100, "priceVersion": 1}]}\
        """
            .formatted(UUID.randomUUID(), product, quantity));
  }
}
