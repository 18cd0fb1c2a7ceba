package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What the product's own audit cannot see: what was published, what each side shows, the provider's
 * books, and that everything has come to its end. The rules of the history are the product's to
 * judge: {@code ./orderflow audit}.
 */
public final class VisibleHistoryAudit {
  /** Retries may be under way, with pauses of some seconds between them. */
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

  private VisibleHistoryAudit() {}

  /** Waits until everything has settled as it must. */
  public static void passes(PlatformUnderTest platform) {
    await("the audit passes")
        .atMost(SETTLED_WITHIN)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> check(platform));
  }

  private static void check(PlatformUnderTest platform) {
    var cluster = platform.cluster();
    var log = new EventStoreReader(cluster.postgres());
    var stored = log.events();
    var records = new KafkaLog(cluster.kafka().bootstrapServers()).records();
    PublicationRules.check(records, stored);
    var events = withoutRepetitions(records);
    var shop = platform.shop();
    var orders = OrderRules.check(events, orderId -> shop.order(ShopClient.STAFF, orderId));
    StockRules.check(events, orders, shop::stock, id -> shop.product(id).available());
    MoneyRules.check(events, orders, log.keptCharges());
    assertThat(log.wrongRefunds()).as("money given back twice, or never taken").isEmpty();
    assertThat(shop.as(ShopClient.STAFF).get("/admin/dead-letters").text())
        .as("what cannot proceed")
        .isEqualTo("{\"deadLetters\":[]}");
    System.out.printf(
        "audit passed: %d events, %d of %d records were repetitions, %d orders%n",
        stored.size(), records.size() - events.size(), records.size(), orders.size());
  }

  private static List<EventRecord> withoutRepetitions(List<EventRecord> records) {
    var first = new LinkedHashMap<EventStoreReader.Position, EventRecord>();
    records.forEach(record -> first.putIfAbsent(record.position(), record));
    // What came too early may be the first.
    return first.values().stream().sorted(Comparator.comparing(EventRecord::sequence)).toList();
  }
}
