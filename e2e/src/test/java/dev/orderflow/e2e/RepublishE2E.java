package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.OrderRequest.Contact;
import dev.orderflow.e2e.shop.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kafka can be filled again from the event store, and everybody carries on. */
@RunsOn(Setup.ONE_OF_EACH)
class RepublishE2E {
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(60);

  private final LocalPlatform platform;

  RepublishE2E(LocalPlatform platform) {
    this.platform = platform;
  }

  @Test
  void when_kafka_is_lost_every_order_ends_once_and_nobody_is_written_to_twice() throws Exception {
    var shop = platform.shop();
    var product = shop.newProduct(10);
    var before = shop.awaitFinal(shop.placed(order(product, OrderRequest.VISA)));
    awaitBothMails(before);
    var written = mails(before.orderId());
    var during = shop.placed(order(product, OrderRequest.SLOW));

    loseKafka();
    var after = shop.placed(order(product, OrderRequest.VISA));

    assertThat(platform.run("republish")).as("exit code").isZero();
    assertThat(shop.awaitFinal(during).status()).isEqualTo("CONFIRMED");
    assertThat(shop.awaitFinal(after).status()).isEqualTo("CONFIRMED");
    awaitBothMails(after);
    assertThat(mails(before.orderId())).isEqualTo(written);
  }

  private static OrderRequest order(Product product, String paymentMethod) {
    var contact = new Contact("Alice", "alice@example.com", "Road 1");
    return OrderRequest.of(ALICE, product, 1, paymentMethod).to(contact, "en");
  }

  /** The launcher starts Kafka again at once, so its data go first. */
  private void loseKafka() throws IOException {
    var kafka = platform.cluster().kafka().pid();
    var lost = Files.createTempDirectory(platform.data().getParent(), "lost").resolve("kafka");
    Files.move(platform.data().resolve("kafka"), lost);
    Processes.kill(kafka);
    await("Kafka is started again")
        .atMost(HEALED_WITHIN)
        .until(() -> platform.cluster().kafka().pid() != kafka);
  }

  private void awaitBothMails(Order order) {
    await("that it was placed and that it is confirmed is written")
        .atMost(HEALED_WITHIN)
        .until(() -> mails(order.orderId()).size() == 2);
  }

  /** The mails about an order, and when each was written last. */
  private Map<Path, FileTime> mails(String orderId) throws IOException {
    var mails = new HashMap<Path, FileTime>();
    for (var mail : platform.mailFiles()) {
      if (Files.readString(mail).contains(orderId)) {
        mails.put(mail, Files.getLastModifiedTime(mail));
      }
    }
    return mails;
  }
}
