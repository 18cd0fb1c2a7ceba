package dev.orderflow.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.EventStoreReader;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing polls here: what no signal announces takes a minute. */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class TwoInstancesE2E {
  private static final List<String> USERS =
      List.of(ShopClient.ALICE, ShopClient.BOB, ShopClient.CAROL);
  private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String CONSISTENCY = "Orderflow-Consistency";
  private static final int WARM_UP = 10;
  private static final int ORDERS = 11;

  private final PlatformUnderTest platform;
  private final ShopClient shop;

  TwoInstancesE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @BeforeAll
  void warm_up() {
    Latencies.of(shop, shop.newProduct(WARM_UP), WARM_UP);
  }

  @Test
  void twins_are_one_order_and_no_more_is_sold_than_there_is() {
    var product = shop.newProduct(15);
    var requests =
        IntStream.range(0, 20)
            .mapToObj(i -> OrderRequest.of(USERS.get(i % 3), product, 1, OrderRequest.VISA))
            .toList();
    var pairs = requests.stream().map(request -> List.of(send(request), send(request))).toList();
    var placed = 0;
    for (var pair : pairs) {
      var answers = pair.stream().map(CompletableFuture::join).toList();
      var statuses = answers.stream().collect(groupingBy(Answer::status, counting()));
      if (statuses.containsKey(409)) {
        assertThat(answers).extracting(Answer::code).containsOnly("INSUFFICIENT_STOCK");
      } else {
        assertThat(statuses).as("%s", answers).containsOnlyKeys(200, 201);
        assertThat(answers)
            .extracting(answer -> answer.order().orderId())
            .containsOnly(answers.getFirst().order().orderId());
        assertThat(shop.awaitFinal(answers.getFirst().order()).status()).isEqualTo("CONFIRMED");
        placed++;
      }
    }
    assertThat(placed).isEqualTo(15);
    await("all is sold")
        .atMost(Duration.ofSeconds(10))
        .until(() -> shop.stock(product.productId()).sold() == 15);
  }

  /** Again with its key when it is turned away for the moment, as a good client does. */
  private CompletableFuture<Answer> send(OrderRequest request) {
    return CompletableFuture.supplyAsync(() -> shop.answered(request), EACH_IN_A_THREAD);
  }

  @Test
  void who_changes_a_price_reads_the_new_one_at_once_on_any_instance() {
    var path = "/products/" + shop.newProduct(1).productId();
    for (var price = 1; price <= 20; price++) {
      var body = Map.of("price", price);
      var changed = ShopClient.answered(() -> shop.as(ShopClient.STAFF).put(path + "/price", body));
      assertThat(changed.status()).as("%s", changed).isEqualTo(200);

      // 503 when the view has not come so far in time.
      var read =
          ShopClient.answered(
              () -> shop.anybody().get(path, CONSISTENCY, changed.header(CONSISTENCY)));

      assertThat(read.status()).as("%s", read).isEqualTo(200);
      assertThat(read.body().path("price").asInt()).isEqualTo(price);
    }
  }

  @Test
  void an_order_is_confirmed_within_a_second_although_nobody_polls() {
    var latencies = Latencies.of(shop, shop.newProduct(ORDERS), ORDERS);
    System.out.println("two of each, fallback polls at 60 s: " + latencies);
    assertThat(latencies.median()).isLessThan(SECOND);
  }

  @Test
  void losing_the_connections_for_wake_ups_delays_nobody_by_more_than_a_second() {
    var log = new EventStoreReader(platform.cluster().postgres());
    var latencies =
        Latencies.of(
            shop,
            shop.newProduct(ORDERS),
            ORDERS,
            () ->
                await("there are connections to break")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> log.breakConnections("orderflow-commit-signals") > 0));
    System.out.println("two of each, connections for wake-ups broken before each: " + latencies);
    assertThat(latencies.median()).isLessThan(SECOND);
  }
}
