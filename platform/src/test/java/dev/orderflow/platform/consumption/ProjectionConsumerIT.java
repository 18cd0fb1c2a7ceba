package dev.orderflow.platform.consumption;

import static dev.orderflow.platform.consumption.Quarantine.Refusal.FAILED;
import static dev.orderflow.platform.consumption.Quarantine.Refusal.FOLLOWING;
import static dev.orderflow.platform.consumption.Quarantine.Refusal.FOREIGN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Each event takes effect exactly once or is kept, whatever happens to consumers, database and
 * topics.
 */
class ProjectionConsumerIT {
  private static final int AGGREGATES = 20;
  private static final String TOPIC = EventTopic.INVENTORY.topicName();

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String kafka = TestKafka.sharedBootstrapServers();
  private final String group = "group-" + UUID.randomUUID();
  private final Topics topics = new Topics(Map.of("bootstrap.servers", kafka), (short) 1);
  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
  private final AtomicInteger published = new AtomicInteger();

  @BeforeEach
  void an_empty_topic_and_an_empty_projection() throws Exception {
    jdbc.sql(
            """
            CREATE TABLE projection_position (
              projection text, generation int, topic_id uuid, partition int, next_offset bigint,
              PRIMARY KEY (projection, generation, topic_id, partition));
            CREATE TABLE applied (
              id bigint GENERATED ALWAYS AS IDENTITY, aggregate_id text, sequence bigint)\
            """)
        .update();
    topics.ensure();
    recreateTopic();
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void every_event_is_applied_once_and_in_order() {
    publish(500);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(500);
      publish(500);
      awaitApplied(1_000);
    }
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM (
                      SELECT sequence, row_number() OVER (PARTITION BY aggregate_id ORDER BY id) - 1 AS n
                      FROM applied) a WHERE sequence <> n\
                    """)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_restarted_instance_continues_where_the_database_stands() {
    publish(200);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(200);
    }
    publish(200);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(400);
    }
  }

  @Test
  void instances_that_come_and_go_lose_and_repeat_nothing() {
    try (var _ = Node.start(database, kafka, group)) {
      publish(1_000);
      try (var _ = Node.start(database, kafka, group)) {
        publish(1_000);
        try (var _ = Node.start(database, kafka, group)) {
          publish(1_000);
        }
        publish(1_000);
      }
      publish(1_000);
      awaitApplied(5_000);
    }
  }

  @Test
  void a_batch_that_fails_before_its_commit_leaves_nothing_and_comes_again() {
    var failures = new AtomicInteger();
    publish(200);
    try (var _ =
        Node.startWithActionBeforeCommit(
            database,
            kafka,
            group,
            _ -> {
              if (failures.incrementAndGet() <= 3) {
                throw new IllegalStateException("failure number " + failures.get());
              }
            })) {
      awaitApplied(200);
    }
    assertThat(failures).hasValueGreaterThan(3);
  }

  @Test
  void a_connection_that_dies_between_write_and_commit_takes_the_rows_with_it() {
    var killed = new AtomicBoolean();
    publish(200);
    try (var _ =
        Node.startWithActionBeforeCommit(
            database,
            kafka,
            group,
            connection -> {
              if (!killed.getAndSet(true)) {
                connection
                    .sql("SELECT pg_terminate_backend(pg_backend_pid())")
                    .query(Boolean.class)
                    .single();
              }
            })) {
      awaitApplied(200);
    }
    assertThat(killed).isTrue();
  }

  @Test
  void an_instance_paused_before_its_commit_rolls_back_when_its_partition_has_moved() {
    var paused = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    publish(100);
    try (var _ =
        Node.startWithActionBeforeCommit(database, kafka, group, _ -> pauseOnce(paused, resume))) {
      awaitLatch(paused);
      try (var _ = Node.start(database, kafka, group)) {
        awaitApplied(100);
        resume.countDown();
        publish(100);
        awaitApplied(200);
      }
    }
  }

  @Test
  void an_instance_paused_before_its_transaction_applies_nothing_when_its_partition_has_moved() {
    var paused = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    publish(100);
    try (var _ =
        Node.startWithActionBeforeTransaction(
            database, kafka, group, () -> pauseOnce(paused, resume))) {
      awaitLatch(paused);
      try (var _ = Node.start(database, kafka, group)) {
        awaitApplied(100);
        resume.countDown();
        publish(100);
        awaitApplied(200);
      }
    }
  }

  @Test
  void a_topic_that_was_created_anew_is_read_from_its_first_record() throws Exception {
    publish(300);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(300);
      recreateTopic();
      publish(400);
      awaitApplied(700);
    }
  }

  @Test
  void a_consumer_that_hangs_in_its_work_asks_for_no_records_and_that_is_seen() {
    var paused = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    publish(1);
    try (var hanging =
        Node.startWithActionBeforeTransaction(
            database, kafka, group, () -> pauseOnce(paused, resume))) {
      awaitLatch(paused);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> hanging.sinceLastPoll().compareTo(Duration.ofSeconds(7)) > 0);

      resume.countDown();

      // An idle one asks every 5 s.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> hanging.sinceLastPoll().compareTo(Duration.ofSeconds(6)) < 0);
    }
  }

  @Test
  void an_event_on_which_the_work_fails_is_found_and_kept_and_all_others_are_applied() {
    publish(200);
    try (var node =
        Node.startWithActionBeforeCommit(
            database,
            kafka,
            group,
            rows -> {
              if (rows.sql("SELECT count(*) FROM applied WHERE aggregate_id = ? AND sequence = 5")
                      .param("inventory-P3")
                      .query(Long.class)
                      .single()
                  > 0) {
                throw new IllegalStateException("this one always fails");
              }
            })) {
      // Of P3 those before it are applied; it and those after it wait.
      awaitApplied(200 - 5);
      assertThat(node.quarantine.kept.values())
          .containsExactlyInAnyOrder(FAILED, FOLLOWING, FOLLOWING, FOLLOWING, FOLLOWING);
    }
  }

  @Test
  void what_is_no_event_is_kept_and_holds_nothing_up() {
    try (var node = Node.start(database, kafka, group);
        var producer = producer()) {
      publish(20);
      producer.send(new ProducerRecord<>(TOPIC, "P3", "no event".getBytes(UTF_8)));
      producer.flush();
      publish(20);
      awaitApplied(40);
      assertThat(node.quarantine.kept.values()).containsExactly(FOREIGN);
    }
  }

  private static void pauseOnce(CountDownLatch paused, CountDownLatch resume) {
    if (paused.getCount() > 0) {
      paused.countDown();
      awaitLatch(resume);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void recreateTopic() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      var before = topics.ensure().get(EventTopic.INVENTORY);
      admin.deleteTopics(List.of(TOPIC)).all().get();
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> {
            var now = topics.ensure().get(EventTopic.INVENTORY);
            return now != null && !now.equals(before);
          });
    }
  }

  /** Not idempotent: such a producer trips over a topic that was just created anew. */
  private void publish(int events) {
    try (var producer = producer()) {
      for (var i = 0; i < events; i++) {
        producer.send(converter.createKafkaMessage(nextEvent(), TOPIC));
      }
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka,
            "enable.idempotence",
            false,
            "max.in.flight.requests.per.connection",
            1),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private GenericDomainEventMessage<?> nextEvent() {
    var number = published.getAndIncrement();
    var productId = new ProductId("P" + number % AGGREGATES);
    return new GenericDomainEventMessage<>(
        "InventoryItem",
        "stock-" + productId,
        number / AGGREGATES,
        new StockReceivedEvent(
            productId, new Quantity(1), new StockLevels(1, 0, 0), Instant.EPOCH));
  }

  private void awaitApplied(int events) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(count("count(*)")).isGreaterThanOrEqualTo(events));
    assertThat(count("count(DISTINCT (aggregate_id, sequence))")).isEqualTo(events);
    assertThat(count("count(*)")).isEqualTo(events);
  }

  private long count(String what) {
    return jdbc.sql("SELECT " + what + " FROM applied").query(Long.class).single();
  }
}
