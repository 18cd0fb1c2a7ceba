package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.EventRecord;
import dev.orderflow.e2e.audit.EventStoreReader;
import dev.orderflow.e2e.audit.KafkaLog;
import dev.orderflow.e2e.audit.StoredText;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.OrderRequest.Contact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@RunsOn(Setup.ONE_OF_EACH)
class PersonalDataE2E {
  private final LocalPlatform platform;

  PersonalDataE2E(LocalPlatform platform) {
    this.platform = platform;
  }

  @Test
  void only_mails_and_one_table_know_the_address_and_the_table_forgets_it_when_asked() {
    var shop = platform.shop();
    var secret = "x" + UUID.randomUUID().toString().replace("-", "");
    var contact = new Contact("Name" + secret, secret + "@example.com", "Road " + secret);
    var request =
        OrderRequest.of(ALICE, shop.newProduct(1), 1, OrderRequest.VISA).to(contact, "en");

    var order = shop.awaitFinal(shop.placed(request));

    assertThat(order.status()).isEqualTo("CONFIRMED");
    assertThat(shop.answered(request).status()).as("repeated").isEqualTo(200);
    var other = OrderRequest.of(ALICE, shop.newProduct(1), 2, OrderRequest.VISA);
    assertThat(shop.answered(other.to(contact, "en")).code()).isEqualTo("INSUFFICIENT_STOCK");
    var nobody = new Contact(contact.name(), "no address " + secret, contact.address());
    assertThat(shop.place(other.to(nobody, "en")).code()).isEqualTo("VALIDATION_FAILED");
    await("mails are written")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(platform.mails())
                .filteredOn(mail -> mail.contains(contact.email()))
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(mail -> mail.contains(order.orderId())));
    var cluster = platform.cluster();
    assertThat(new KafkaLog(cluster.kafka().bootstrapServers()).records())
        .extracting(EventRecord::text, EventRecord::headers)
        .noneMatch(record -> record.toString().contains(secret));
    assertThat(new EventStoreReader(cluster.postgres()).events())
        .noneMatch(event -> event.toString().contains(secret));
    assertThat(logs()).isNotEmpty().noneMatch(log -> log.contains(secret));
    var stored = new StoredText(cluster, secret);
    assertThat(stored.keys()).as("in Redis").isEmpty();
    assertThat(stored.tables()).containsExactly("command_side.order_contact");

    var told = shop.as(ALICE).get("/customers/" + ALICE + "/personal-data");

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body().path("contacts").valueStream())
        .anySatisfy(kept -> {
          assertThat(kept.path("orderId").asString()).isEqualTo(order.orderId());
          assertThat(kept.path("name").asString()).isEqualTo(contact.name());
          assertThat(kept.path("email").asString()).isEqualTo(contact.email());
          assertThat(kept.path("address").asString()).isEqualTo(contact.address());
          assertThat(kept.path("locale").asString()).isEqualTo("en");
        });
    assertThat(logs()).noneMatch(log -> log.contains(secret));

    var erased = shop.as(ALICE).delete("/customers/" + ALICE + "/personal-data");

    assertThat(erased.status()).isEqualTo(204);
    assertThat(stored.tables()).isEmpty();
    assertThat(
            shop.as(ALICE)
                .get("/customers/" + ALICE + "/personal-data")
                .body()
                .path("contacts")
                .toString())
        .isEqualTo("[]");
    assertThat(shop.order(ALICE, order.orderId())).isEqualTo(order);
  }

  /** Every file of them. */
  private List<String> logs() {
    try (var files = Files.list(platform.data().resolve("logs"))) {
      return files.filter(Files::isRegularFile).map(PersonalDataE2E::text).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
