package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whichever instance changes an order, and whichever is asked: who watches it sees it change. */
@Tag("front-door")
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
@Timeout(120)
class WatchedOrderE2E {
  private final ShopClient shop;

  WatchedOrderE2E(PlatformUnderTest platform) {
    this.shop = platform.shop();
  }

  @Test
  void an_order_is_followed_through_the_gateway_to_its_end() {
    var product = shop.newProduct(100);
    IntStream.range(0, 8)
        .parallel()
        .forEach(i -> {
          var slow = i % 2 == 0;
          var method = slow ? OrderRequest.SLOW : OrderRequest.DECLINED;
          var order = shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, method));

          var path = "/orders/" + order.orderId() + "/events";
          var stream = ShopClient.answered(() -> shop.as(ShopClient.ALICE).get(path));

          assertThat(stream.status()).isEqualTo(200);
          var ids = stream.text().lines().filter(line -> line.startsWith("id:")).toList();
          assertThat(ids).endsWith("id:2").isSubsetOf("id:1", "id:2");
          assertThat(stream.text())
              .contains(slow ? "\"status\":\"CONFIRMED\"" : "\"status\":\"CANCELLED\"");
        });
  }
}
