package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.commandside.OrderEntry.Outcome;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A sale: 64 callers press "order" ten times as often as there are pieces of one product, on two
 * instances, over REST and gRPC, some twice, while its price changes and sold pieces are committed.
 */
class StormIT {
  private static final int SCALE = Integer.getInteger("orderflow.test.scale", 1);
  private static final int PIECES = 125 * SCALE;
  private static final int INTENTS = 1_000 * SCALE;
  private static final int DUPLICATES = 250 * SCALE;
  private static final int CALLERS = 64;
  private static final int ATTEMPTS_PER_PRICE = 125;

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String staff = SigningKeys.TRUSTED.token("admin", "staff");
  private final String product = "PROD-" + UUID.randomUUID();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void a_storm_on_one_product_breaks_no_rule() throws Exception {
    Map<String, List<Outcome>> outcomes;
    try (var first = Instance.start(database);
        var second = Instance.start(database);
        var tills = new Tills(first, second)) {
      offer(first);
      outcomes = storm(first, second, tills);
      assertThat(levels(second)).isEqualTo(levels(first)).element(0).isEqualTo(0L);
      assertThat(levels(first).get(1) + levels(first).get(2)).isEqualTo(PIECES);
    }

    assertThat(outcomes.values().stream().flatMap(List::stream))
        .as("every answer is one that the contract knows")
        .noneMatch(Outcome.Unexpected.class::isInstance);
    assertOneOrderPerKey(outcomes);
    assertEveryPriceWasTheProducts();
    assertStockAddsUpStepByStep();
    assertThat(count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .isZero();
  }

  /** By key, what every caller that used it was told in the end. */
  private Map<String, List<Outcome>> storm(Instance first, Instance second, Tills tills)
      throws Exception {
    var keys = new ArrayList<String>();
    for (var i = 0; i < INTENTS; i++) {
      keys.add("user%d_20241201143022_%d".formatted(i % 8, i));
    }
    keys.addAll(keys.subList(0, DUPLICATES));
    Collections.shuffle(keys, new Random(42));
    var outcomes = new HashMap<String, List<Outcome>>();
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      var calls = new ArrayList<Callable<Outcome>>();
      for (var key : keys) {
        calls.add(() -> {
          if (attempts.incrementAndGet() % ATTEMPTS_PER_PRICE == 0) {
            changePrice(attempts.get() % 2 == 0 ? first : second, 50_000 + attempts.get());
          }
          return tills.order(key, attempts.get());
        });
      }
      var answers = callers.invokeAll(calls);
      for (var i = 0; i < keys.size(); i++) {
        outcomes.computeIfAbsent(keys.get(i), _ -> new ArrayList<>()).add(answers.get(i).get());
      }
    }
    return outcomes;
  }

  private void assertOneOrderPerKey(Map<String, List<Outcome>> outcomes) {
    var orderIds = new HashSet<String>();
    outcomes.forEach((key, answers) -> {
      var ids =
          answers.stream()
              .filter(Outcome.Placed.class::isInstance)
              .map(outcome -> ((Outcome.Placed) outcome).orderId())
              .distinct()
              .toList();
      assertThat(ids).as("orders of %s", key).hasSizeLessThanOrEqualTo(1);
      if (answers.contains(new Outcome.KeyTaken())) {
        assertThat(ids).as("%s is taken by an order", key).hasSize(1);
      }
      orderIds.addAll(ids);
    });
    assertThat(orderIds).hasSize(PIECES);
    assertThat(count("SELECT count(*) FROM event_log WHERE payload_type LIKE '%.OrderPlacedEvent'"))
        .isEqualTo(PIECES);
    assertThat(
            count(
                """
                SELECT count(DISTINCT payload ->> 'version') FROM event_log
                WHERE payload_type LIKE '%.OrderPlacedEvent'\
                """))
        .isEqualTo(PIECES);
  }

  /** In the order in which the store recorded prices and orders. */
  private void assertEveryPriceWasTheProducts() {
    var price = BigDecimal.ZERO;
    var changes = 0;
    for (var event : events("%Product%Event", "%.OrderPlacedEvent")) {
      var payload = event.payload();
      if (event.type().endsWith(".OrderPlacedEvent")) {
        assertThat(payload.path("items").get(0).path("price").decimalValue())
            .as("price of %s", payload.path("orderId"))
            .isEqualByComparingTo(price);
      } else {
        price = payload.path("price").decimalValue();
        changes++;
      }
    }
    assertThat(changes).isGreaterThan(10);
  }

  private void assertStockAddsUpStepByStep() {
    var received = 0L;
    for (var event : events("%.inventory.%", "")) {
      var after = event.payload();
      if (event.type().endsWith(".StockReceivedEvent")) {
        received += after.path("quantity").asLong();
      }
      var levels =
          List.of(
              after.path("available").asLong(),
              after.path("reserved").asLong(),
              after.path("sold").asLong());
      assertThat(levels).as(after.toString()).allMatch(level -> level >= 0);
      assertThat(levels.stream().mapToLong(Long::longValue).sum()).isEqualTo(received);
    }
  }

  private record Recorded(String type, JsonNode payload) {}

  private List<Recorded> events(String type, String orType) {
    return jdbc.sql(
            """
            SELECT payload_type, payload::text FROM event_log
            WHERE payload_type LIKE ? OR payload_type LIKE ? ORDER BY global_index\
            """)
        .params(type, orType)
        .query((row, _) -> new Recorded(row.getString(1), Instance.JSON.readTree(row.getString(2))))
        .list();
  }

  private void offer(Instance instance) {
    instance.send(
        "POST",
        "/products",
        staff,
        """
        {"productId": "%s", "name": "Kettle", "price": 50000, "currency": "VND"}\
        """
            .formatted(product));
    instance.send(
        "POST", "/inventory/" + product + "/receipts", staff, "{\"quantity\": " + PIECES + "}");
  }

  private void changePrice(Instance instance, int price) {
    var answer =
        await("an answer that is not temporary")
            .atMost(Duration.ofMinutes(1))
            .pollDelay(Duration.ZERO)
            .until(
                () ->
                    instance.send(
                        "PUT",
                        "/products/" + product + "/price",
                        staff,
                        "{\"price\": " + price + "}"),
                told -> told.status() != 503);
    assertThat(answer.status()).isEqualTo(200);
  }

  private List<Long> levels(Instance instance) {
    var body = instance.send("GET", "/inventory/" + product, "", "").body();
    return List.of(
        body.path("available").asLong(),
        body.path("reserved").asLong(),
        body.path("sold").asLong());
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** Both instances, over REST and over gRPC. */
  private final class Tills implements AutoCloseable {
    private final List<OrderEntry> tills;
    private final Map<String, String> tokenOfUser = new HashMap<>();
    private volatile Outcome.PriceIs shown = new Outcome.PriceIs(new BigDecimal(50_000), 1);

    Tills(Instance... instances) {
      var service = SigningKeys.TRUSTED.token("saga", "service");
      tills = new ArrayList<>();
      for (var instance : instances) {
        tills.add(new RestOrderEntry(instance, product));
        tills.add(new GrpcOrderEntry(instance, product, service));
      }
      for (var i = 0; i < 8; i++) {
        tokenOfUser.put("user" + i, SigningKeys.TRUSTED.token("user" + i, "customer"));
      }
    }

    /**
     * Orders one piece as a customer does: at the price that the shop has shown, at the new one
     * when it has changed, and with the same key again when told to try later.
     */
    Outcome order(String key, int attempt) {
      var token = tokenOfUser.get(key.substring(0, key.indexOf('_')));
      var price = shown;
      for (var turn = attempt; ; turn++) {
        switch (tills.get(turn % tills.size()).order(token, key, price)) {
          case Outcome.PriceIs now -> {
            price = now;
            shown = now;
          }
          case Outcome.TryAgain _ -> {}
          case Outcome decided -> {
            return decided;
          }
        }
      }
    }

    @Override
    public void close() {
      tills.forEach(OrderEntry::close);
    }
  }
}
