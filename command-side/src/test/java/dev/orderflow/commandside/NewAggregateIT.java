package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.voucher.VoucherCommand.IssueVoucher;
import dev.orderflow.voucher.VoucherCommand.RedeemVoucher;
import dev.orderflow.voucher.VoucherConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** A new aggregate is one new package: nothing else knows of vouchers. */
class NewAggregateIT {

  @Test
  void its_commands_are_decided_and_its_events_are_published() throws Exception {
    var code = UUID.randomUUID().toString();
    try (var instance =
            Instance.start(
                TestPostgres.newDatabase(),
                "--spring.main.sources=" + VoucherConfiguration.class.getName());
        var consumer =
            new KafkaConsumer<>(
                Map.<String, Object>of(
                    "bootstrap.servers",
                    TestKafka.sharedBootstrapServers(),
                    "group.id",
                    UUID.randomUUID().toString(),
                    "auto.offset.reset",
                    "earliest",
                    "metadata.max.age.ms",
                    500),
                new StringDeserializer(),
                new StringDeserializer())) {
      var commands = instance.bean(CommandGateway.class);

      assertThat(commands.execute(new IssueVoucher(code, 1), String.class)).isEqualTo("issued");
      assertThat(commands.execute(new RedeemVoucher(code), String.class))
          .isEqualTo("redeemed 1 times");

      consumer.subscribe(List.of(VoucherConfiguration.TOPIC.topicName()));
      var types = new ArrayList<String>();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
              if (record.key().equals(code)) {
                types.add(
                    new String(
                        record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8));
              }
            }
            return types.size() >= 2;
          });
      assertThat(types)
          .containsExactly(
              "dev.orderflow.voucher.VoucherIssuedEvent",
              "dev.orderflow.voucher.VoucherRedeemedEvent");
    }
  }
}
