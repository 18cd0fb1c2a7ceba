package dev.orderflow.queryside.deadletters;

import static com.google.common.collect.MoreCollectors.onlyElement;
import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.key;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static dev.orderflow.queryside.testing.Events.priced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.deadletters.StoredLetters;
import dev.orderflow.queryside.testing.RunningQuerySide;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** What anybody may have written to the topics stops no view, and staff see it and deal with it. */
class BrokenRecordsIT {
  private static final String PRODUCTS = "product-view";
  private static final String ORDERS = "order-view";

  private final RunningQuerySide running = RunningQuerySide.shared();

  /** What this test has left behind is nobody's business. */
  @AfterEach
  void discard_all() throws Exception {
    for (var view : List.of(PRODUCTS, ORDERS)) {
      for (var letter : letters(view)) {
        discard(letter);
      }
      eventually().until(() -> letters(view).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"products", "inventory", "orders"})
  void a_record_that_is_no_event_becomes_a_letter_and_everything_goes_on(String topic) {
    var view = topic.equals("orders") ? ORDERS : PRODUCTS;
    var product = "FOREIGN-" + topic;
    running.publisher().publish(created(product, 0));

    send(new ProducerRecord<>(topic, product, "no JSON".getBytes(UTF_8)));
    send(new ProducerRecord<>(topic, null, "{}".getBytes(UTF_8)));
    send(new ProducerRecord<>(topic, "\u0000 odd key", null));

    var found = awaitLetters(view, 3);
    // The three are in different partitions, so they come in any order.
    var noJson =
        found.stream()
            .filter(letter -> letter.path("payload").asString("").equals("no JSON"))
            .collect(onlyElement());
    var record = noJson.path("record");
    assertThat(record.path("topic").asString()).isEqualTo(topic);
    assertThat(record.path("topicId").asString()).hasSize(36);
    assertThat(record.path("key").asString()).isEqualTo(product);
    assertThat(record.path("offset").isIntegralNumber()).isTrue();
    assertThat(record.path("partition").isIntegralNumber()).isTrue();
    assertThat(noJson.path("source").asString()).isEqualTo(view);
    assertThat(found.stream().map(letter -> letter.path("cause").asString()))
        .anySatisfy(cause -> assertThat(cause).contains("ce_"))
        .contains("It has no key", "It has no value");
    // The same key, and all partitions.
    running.publisher().publish(priced(product, 1, "60000", 2));
    running.awaitVersion(product, 2);
    assertThat(projection(view).path("letters").asInt()).isEqualTo(3);
    assertThat(projection(view).path("heldUp").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\"            |\"called\"",
        "\"currency\":\"VND\"|\"currency\":\"\"",
        "\"price\":50000.0   |\"price\":-1.0",
        "\"name\":\"Kettle   |\"name\":\"\\u0000",
        "\"priceVersion\":1  |\"priceVersion\":\"x\""
      })
  void an_event_with_a_wrong_field_becomes_a_letter_and_the_right_one_is_taken_in(
      String field, String instead) {
    var product = "WRONG-" + Integer.toHexString((field + instead).hashCode());
    send(changed(created(product, 0), value -> value.replace(field, instead)));

    assertThat(awaitLetters(PRODUCTS, 1).getFirst().path("cause").asString()).isNotEmpty();
    if (projection(PRODUCTS).path("heldUp").asInt() == 1) {
      // It is an event that no row can hold: what follows waits for it until staff have looked.
      running.publisher().publish(created(product, 0));
      awaitLetters(PRODUCTS, 2);
      discard(letters(PRODUCTS).getFirst());
      eventually().until(() -> letters(PRODUCTS).isEmpty());
    } else {
      running.publisher().publish(created(product, 0));
    }
    running.awaitVersion(product, 1);
  }

  @Test
  void an_event_in_the_topic_of_others_becomes_a_letter() {
    var record = running.publisher().record(placed("elsewhere", 1));
    send(moved(record, EventTopic.PRODUCTS));

    assertThat(awaitLetters(PRODUCTS, 1).getFirst().path("cause").asString())
        .isEqualTo("Its type belongs to another topic");
  }

  @Test
  void an_order_that_no_row_can_hold_holds_up_itself_alone() {
    running.publisher().publish(placed("even", 1));
    send(changed(placed("odd", 2), value -> value.replace("100000.0", "100000.001")));
    running.publisher().publish(confirmed("odd", 2, at(3)));
    running.publisher().publish(confirmed("even", 1, at(3)));

    eventually().until(() -> status("even", 1), "CONFIRMED"::equals);
    var found = awaitLetters(ORDERS, 2);
    assertThat(found.getFirst().path("cause").asString()).startsWith("The work on it failed");
    assertThat(found.getLast().path("attempts").asInt()).isZero();
    assertThat(projection(ORDERS).path("heldUp").asInt()).isEqualTo(1);
  }

  @Test
  void an_order_that_takes_the_idempotency_key_of_another_keeps_that_one_from_nothing() {
    running.publisher().publish(placed("victim", 1));
    send(
        changed(
            placed("thief", 2),
            value -> value.replace(key("thief", 2).value(), key("victim", 1).value())));
    running.publisher().publish(confirmed("victim", 1, at(3)));

    eventually().until(() -> status("thief", 2), "PENDING"::equals);
    eventually().until(() -> status("victim", 1), "CONFIRMED"::equals);
  }

  @Test
  void what_a_later_release_wrote_holds_up_its_key_visibly_until_it_is_discarded() {
    running.publisher().publish(placed("later", 1), placed("later", 2));
    eventually().until(() -> status("later", 2), "PENDING"::equals);

    send(ofLaterRelease(confirmed("later", 1, at(3))));
    running.publisher().publish(confirmed("later", 1, at(4)), confirmed("later", 2, at(4)));

    eventually().until(() -> status("later", 2), "CONFIRMED"::equals);
    var found = awaitLetters(ORDERS, 2);
    assertThat(status("later", 1)).isEqualTo("PENDING");
    assertThat(found.getFirst().path("cause").asString()).contains("later release");
    assertThat(found.getLast().path("cause").asString()).contains("follows");
    assertThat(
            running
                .getAs(running.staff(), "/admin/orders/" + orderId("later", 1) + "/timeline")
                .json()
                .path("entries"))
        .extracting(entry -> entry.path("kind").asString())
        .containsExactlyInAnyOrder("ROW", "LETTER", "LETTER");
    assertThat(projection(ORDERS).path("heldUp").asInt()).isEqualTo(1);
    eventually()
        .untilAsserted(() ->
            assertThat(running.get("/actuator/prometheus").response().body())
                .containsPattern("orderflow_dead_letters\\{[^}]*source=\"order-view\"[^}]*} 2")
                .containsPattern(
                    "orderflow_dead_letters_held_up\\{[^}]*source=\"order-view\"[^}]*} 1"));

    // No way past it but one: a retry does not help as long as nobody here can read it.
    assertThat(retry(found.getLast())).isEqualTo(202);
    eventually()
        .until(() -> letters(ORDERS).getFirst().path("attempts").asInt(), attempts -> attempts > 1);
    assertThat(status("later", 1)).isEqualTo("PENDING");
    assertThat(discard(found.getFirst())).isEqualTo(202);

    eventually().until(() -> status("later", 1), "CONFIRMED"::equals);
    assertThat(letters(ORDERS)).isEmpty();
    assertThat(projection(ORDERS).path("heldUp").asInt()).isZero();
  }

  @Test
  void what_others_wait_behind_is_not_buried_under_what_strangers_write() {
    running.publisher().publish(placed("buried", 1));
    for (var number = 0; number < 3; number++) {
      send(new ProducerRecord<>("orders", "ORD-stranger", "no event".getBytes(UTF_8)));
    }
    awaitLetters(ORDERS, 3);
    send(ofLaterRelease(confirmed("buried", 1, at(3))));

    assertThat(awaitLetters(ORDERS, 4).getFirst().at("/record/key").asString())
        .isEqualTo(orderId("buried", 1).value());
  }

  @Test
  void what_can_be_read_after_an_upgrade_goes_on_by_itself() {
    running.publisher().publish(placed("upgraded", 1));
    send(ofLaterRelease(confirmed("upgraded", 1, at(3))));
    running.publisher().publish(confirmed("upgraded", 1, at(3)));
    awaitLetters(ORDERS, 2);

    // As if the release that kept the event had not known it, and this one does.
    running
        .database()
        .execute(
            """
            UPDATE query_side.dead_letter SET refusal = 'LATER',
              state = CASE refusal WHEN 'LATER' THEN 'DISCARDED' ELSE state END,
              ended = CASE refusal WHEN 'LATER' THEN now() END
            WHERE ended IS NULL\
            """);

    eventually().until(() -> status("upgraded", 1), "CONFIRMED"::equals);
    eventually().until(() -> letters(ORDERS).isEmpty());
  }

  @Test
  void what_an_instance_that_stopped_has_left_goes_on_by_itself() {
    running.publisher().publish(placed("left", 1));
    send(ofLaterRelease(confirmed("left", 1, at(3))));
    running.publisher().publish(confirmed("left", 1, at(3)));
    awaitLetters(ORDERS, 2);

    // As if the instance had stopped between the letter that was discarded and those behind it.
    running
        .database()
        .execute(
            """
            UPDATE query_side.dead_letter SET state = 'DISCARDED', ended = now()
            WHERE refusal = 'LATER' AND ended IS NULL\
            """);

    eventually().until(() -> status("left", 1), "CONFIRMED"::equals);
    eventually().until(() -> letters(ORDERS).isEmpty());
  }

  @Test
  void of_what_strangers_write_the_latest_is_kept() {
    for (var number = 0; number < 3; number++) {
      send(new ProducerRecord<>("products", "FLOOD", ("no event " + number).getBytes(UTF_8)));
    }
    awaitLetters(PRODUCTS, 3);

    var database = running.database();
    var connections = new DriverManagerDataSource(database.url(), database.role(), "");
    new StoredLetters(JdbcClient.create(connections), Clock.systemUTC(), "query-side")
        .dropForeign(PRODUCTS, 2);

    assertThat(letters(PRODUCTS).stream().map(kept -> kept.path("payload").asString()))
        .containsExactly("no event 1", "no event 2");
  }

  @Test
  void a_rebuild_and_a_comparison_meet_the_same_records_and_come_to_the_same() throws Exception {
    running.publisher().publish(placed("rebuilt-broken", 1), placed("rebuilt-broken", 2));
    send(new ProducerRecord<>("orders", orderId("rebuilt-broken", 1).value(), new byte[] {0}));
    send(ofLaterRelease(confirmed("rebuilt-broken", 1, at(3))));
    running.publisher().publish(confirmed("rebuilt-broken", 1, at(4)));
    awaitLetters(ORDERS, 3);
    var generation = projection(ORDERS).path("generation").asInt();

    assertThat(call("POST", "/projections/" + ORDERS + "/rebuild")).isEqualTo(202);
    eventually()
        .until(() -> projection(ORDERS).path("generation").asInt(), now -> now > generation);

    assertThat(letters(ORDERS)).hasSize(3);
    assertThat(status("rebuilt-broken", 1)).isEqualTo("PENDING");
    assertThat(call("POST", "/projections/" + ORDERS + "/comparison")).isEqualTo(202);
    eventually()
        .until(
            () -> projection(ORDERS).at("/comparison/state").asString(""),
            state -> state.equals("EQUAL"));

    // What was discarded is passed over by the rebuilds after it, too.
    for (var letter : letters(ORDERS)) {
      if (letter.path("attempts").asInt() > 0) {
        discard(letter);
      }
    }
    eventually().until(() -> status("rebuilt-broken", 1), "CONFIRMED"::equals);
    var second = projection(ORDERS).path("generation").asInt();
    assertThat(call("POST", "/projections/" + ORDERS + "/rebuild")).isEqualTo(202);
    eventually().until(() -> projection(ORDERS).path("generation").asInt(), now -> now > second);
    assertThat(status("rebuilt-broken", 1)).isEqualTo("CONFIRMED");
    assertThat(letters(ORDERS)).isEmpty();
  }

  @Test
  void only_staff_are_answered_and_only_about_letters_that_are_there() throws Exception {
    var path = "/admin/dead-letters";
    assertThat(running.getAs(running.customer("ann"), path).status()).isEqualTo(403);
    assertThat(running.call("DELETE", running.customer("ann"), path + "/query-side-1?reason=x"))
        .isEqualTo(403);
    assertThat(call("POST", "/dead-letters/query-side-999999999/retry")).isEqualTo(404);
    assertThat(call("DELETE", "/dead-letters/query-side-999999999?reason=x")).isEqualTo(404);
    assertThat(call("DELETE", "/dead-letters/saga-1?reason=x")).isEqualTo(404);
    assertThat(call("DELETE", "/dead-letters/first?reason=x")).isEqualTo(404);
  }

  private void send(ProducerRecord<String, byte[]> record) {
    running.publisher().publish(record);
  }

  private ProducerRecord<String, byte[]> changed(
      SequencedEvent event, UnaryOperator<String> change) {
    var record = running.publisher().record(event);
    var value = change.apply(new String(record.value(), UTF_8));
    return new ProducerRecord<>(
        record.topic(), null, record.key(), value.getBytes(UTF_8), record.headers());
  }

  private static ProducerRecord<String, byte[]> moved(
      ProducerRecord<String, byte[]> record, EventTopic topic) {
    return new ProducerRecord<>(
        topic.topicName(), null, record.key(), record.value(), record.headers());
  }

  private ProducerRecord<String, byte[]> ofLaterRelease(SequencedEvent event) {
    var record = running.publisher().record(event);
    record
        .headers()
        .remove("ce_type")
        .add("ce_type", "dev.orderflow.ordering.OrderLaterEvent".getBytes(UTF_8));
    return record;
  }

  private @Nullable String status(String user, int number) {
    var answer = running.getAs(running.staff(), "/orders/" + orderId(user, number).value());
    return answer.json().path("status").asString(null);
  }

  private List<JsonNode> awaitLetters(String view, int count) {
    return eventually().until(() -> letters(view), letters -> letters.size() == count);
  }

  private List<JsonNode> letters(String view) {
    var answer =
        running.getAs(running.staff(), "/admin/dead-letters?pageSize=100&source=" + view).json();
    return StreamSupport.stream(answer.path("deadLetters").spliterator(), false).toList();
  }

  private int retry(JsonNode letter) {
    return call("POST", "/dead-letters/" + letter.path("id").asString() + "/retry");
  }

  private int discard(JsonNode letter) {
    return call("DELETE", "/dead-letters/" + letter.path("id").asString() + "?reason=test");
  }

  private int call(String method, String path) {
    try {
      return running.call(method, running.staff(), "/admin" + path);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode projection(String name) {
    for (var projection :
        running.getAs(running.staff(), "/admin/projections").json().get("projections")) {
      if (projection.get("name").asString().equals(name)) {
        return projection;
      }
    }
    throw new AssertionError(name);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30));
  }
}
