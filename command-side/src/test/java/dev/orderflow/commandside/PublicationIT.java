package dev.orderflow.commandside;

import static dev.orderflow.commandside.PublishedProducts.LIMIT;
import static dev.orderflow.commandside.PublishedProducts.awaitLive;
import static dev.orderflow.commandside.PublishedProducts.awaitPublished;
import static dev.orderflow.commandside.PublishedProducts.changePrice;
import static dev.orderflow.commandside.PublishedProducts.product;
import static dev.orderflow.commandside.PublishedProducts.published;
import static dev.orderflow.commandside.PublishedProducts.republish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.AggregateType.Topics;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.voucher.Voucher;
import dev.orderflow.voucher.VoucherCommand;
import dev.orderflow.voucher.VoucherCommand.IssueVoucher;
import dev.orderflow.voucher.VoucherConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is committed reaches Kafka, whichever instance committed it and whatever happens on the way.
 */
class PublicationIT {
  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @Test
  void everything_is_published_again_to_a_topic_that_was_created_anew() throws Exception {
    try (var instance = start("60s")) {
      var before = product(instance);
      awaitPublished(before);

      deleteTopic();

      awaitPublished(product(instance));
      awaitPublished(before);
    }
  }

  @Test
  void a_topic_that_was_created_anew_begins_with_the_first_event_although_later_ones_wait()
      throws Exception {
    String product;
    try (var instance = start("60s")) {
      product = product(instance);
      changePrice(instance, product);
      awaitPublished(product, 2);
    }
    jdbc.sql(
            """
            UPDATE publication_token SET token = convert_to(format('{"index":%s,"gaps":[]}',
              (SELECT global_index FROM domain_event WHERE aggregate_id = ? AND sequence_number = 0)), 'UTF8')\
            """)
        .param("product-" + product)
        .update();
    deleteTopic();

    try (var _ = start("60s")) {
      assertThat(published(List.of(product)))
          .extracting(identity -> Long.parseLong(identity.substring(identity.indexOf(' ') + 1)))
          .startsWith(0L, 1L);
    }
  }

  private static void deleteTopic() throws Exception {
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", TestKafka.sharedBootstrapServers()))) {
      admin.deleteTopics(List.of(EventTopic.PRODUCTS.topicName())).all().get();
    }
  }

  @Test
  void a_republication_that_was_half_done_when_all_were_killed_is_completed() {
    List<String> products;
    try (var instance = start("60s")) {
      products = List.of(product(instance), product(instance), product(instance));
      products.forEach(PublishedProducts::awaitPublished);
    }
    jdbc.sql(
            """
            INSERT INTO republication (begun_at, up_to)
            SELECT now(), max(global_index) FROM domain_event\
            """)
        .update();
    jdbc.sql("UPDATE publication_token SET token = ?")
        .param("{\"index\":1,\"gaps\":[]}".getBytes(StandardCharsets.UTF_8))
        .update();
    try (var instance = start("60s")) {
      awaitPublished(products.getLast(), 2);
      awaitLive(instance);
    }
  }

  @Test
  void neither_empty_places_of_failed_transactions_nor_a_lost_token_keep_an_event_back() {
    String first;
    String last;
    try (var instance = start("60s")) {
      first = product(instance);
      jdbc.sql("SELECT nextval('domain_event_global_index_seq') FROM generate_series(1, 600)")
          .query()
          .listOfRows();
      last = product(instance);
      awaitPublished(last);
    }
    jdbc.sql("DELETE FROM publication_token").update();
    try (var _ = start("60s")) {
      awaitPublished(first, 2);
      awaitPublished(last, 2);
    }
  }

  @Test
  void a_topic_that_somebody_else_has_made_is_told_to_keep_every_event() throws Exception {
    var name = EventTopic.PRODUCTS.topicName();
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", TestKafka.sharedBootstrapServers()))) {
      try (var _ = start("60s")) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        var forgetful = new AlterConfigOp(new ConfigEntry("retention.ms", "604800000"), OpType.SET);
        await().atMost(LIMIT).until(() -> admin.listTopics().names().get().contains(name));
        admin.incrementalAlterConfigs(Map.of(topic, List.of(forgetful))).all().get();
      }
      try (var instance = start("60s")) {
        awaitPublished(product(instance));
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        await()
            .atMost(LIMIT)
            .until(() -> {
              var settings = admin.describeConfigs(List.of(topic)).all().get().get(topic);
              return settings.get("retention.ms").value().equals("-1")
                  && settings.get("retention.bytes").value().equals("-1")
                  && settings.get("cleanup.policy").value().equals("delete");
            });
      }
    }
  }

  @Test
  void republication_without_an_event_is_done_at_once() {
    try (var instance = start("60s")) {
      assertThat(republish(instance)).isEqualTo(202);
      awaitLive(instance);
    }
  }

  @Test
  void how_far_the_publication_is_behind_is_measured() {
    try (var instance = start("60s")) {
      var meters = instance.bean(MeterRegistry.class);
      awaitPublished(product(instance));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> {
            assertThat(meters.get("orderflow.publication.behind").gauge().value()).isZero();
            assertThat(meters.get("orderflow.publication.lag").timer().count()).isPositive();
          });

      // Another instance has claimed it, and does nothing.
      jdbc.sql(
              "UPDATE publication_token SET owner = 'another', recorded_at = '9999-01-01T00:00:00Z'")
          .update();
      product(instance);
      await()
          .atMost(LIMIT)
          .until(() -> meters.get("orderflow.publication.behind").gauge().value() >= 1);
    }
  }

  @Test
  void publication_goes_on_after_an_error() throws Rejection {
    try (var instance =
        Instance.start(database, "--spring.main.sources=" + FailsAtFirst.class.getName())) {
      var _ =
          instance.bean(CommandGateway.class).execute(new IssueVoucher("SPRING", 1), String.class);
      awaitLive(instance);
    }
  }

  /** The first voucher's record cannot be made at the first attempt. */
  @Configuration(proxyBeanMethods = false)
  static class FailsAtFirst {
    private final AtomicBoolean failed = new AtomicBoolean();

    @Bean
    AggregateType<Voucher, VoucherCommand> voucherType() {
      return new AggregateType<>(
          Voucher.class,
          Voucher::new,
          VoucherCommand.class,
          command -> "voucher-" + command.code(),
          _ -> new Rejection.PaymentNotFound(),
          Object::toString,
          null,
          new Topics(
              Set.of(VoucherConfiguration.TOPIC), _ -> VoucherConfiguration.TOPIC, this::key));
    }

    private String key(String id) {
      if (failed.compareAndSet(false, true)) {
        throw new NoClassDefFoundError("a class that cannot be loaded at the moment");
      }
      return id;
    }
  }

  private Instance start(String fallbackPoll) {
    return Instance.start(database, "--orderflow.publication.fallback-poll=" + fallbackPoll);
  }
}
