package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.EventRecord;
import dev.orderflow.e2e.audit.KafkaLog;
import dev.orderflow.e2e.description.EventDescription;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What other programs read on Kafka. */
@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class PublishedEventsE2E {
  private final ShopClient shop;
  private final KafkaLog kafka;
  private Product product;
  private Order order;
  private List<EventRecord> records = List.of();

  PublishedEventsE2E(PlatformUnderTest platform) {
    shop = platform.shop();
    kafka = new KafkaLog(platform.cluster().kafka().bootstrapServers());
  }

  @BeforeAll
  void an_order_goes_through() {
    product = shop.newProduct(10);
    order = shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 2, OrderRequest.VISA)));
    records =
        await("the last events are published")
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> kafka.records().stream().filter(isOurs()).toList(),
                // Both are stored at once, and come to different partitions.
                all ->
                    types(all).containsAll(List.of("OrderConfirmedEvent", "StockCommittedEvent")));
  }

  private static Set<String> types(List<EventRecord> records) {
    return records.stream().map(EventRecord::type).collect(Collectors.toSet());
  }

  private Predicate<EventRecord> isOurs() {
    return record -> List.of(product.productId(), order.orderId()).contains(record.key());
  }

  @Test
  void each_event_has_its_topic_and_lies_under_the_key_that_its_readers_order_by() {
    var paymentId = order.orderId().replace("ORD-", "PAY-");
    assertThat(records)
        .extracting(
            one -> String.join(" ", one.topic(), one.key(), one.ce("type"), one.ce("subject")))
        .containsExactlyInAnyOrder(
            line("products", product.productId(), "catalog.ProductCreatedEvent"),
            line("inventory", product.productId(), "inventory.StockReceivedEvent"),
            line("inventory", product.productId(), "inventory.StockReservedEvent"),
            line("inventory", product.productId(), "inventory.StockCommittedEvent"),
            line("orders", order.orderId(), "ordering.OrderPlacedEvent"),
            line("orders", order.orderId(), "ordering.OrderConfirmedEvent"),
            "payments %s dev.orderflow.payment.PaymentRequestedEvent %s"
                .formatted(order.orderId(), paymentId),
            "payment-outcomes %s dev.orderflow.payment.PaymentCompletedEvent %s"
                .formatted(order.orderId(), paymentId));
  }

  private static String line(String topic, String id, String type) {
    return "%s %s dev.orderflow.%s %s".formatted(topic, id, type, id);
  }

  @Test
  void each_record_is_a_cloud_event() {
    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.ce("specversion")).isEqualTo("1.0");
          assertThat(UUID.fromString(record.ce("id"))).isNotNull();
          assertThat(record.ce("source")).isNotBlank();
          assertThat(Instant.parse(record.ce("time"))).isBeforeOrEqualTo(Instant.now());
          assertThat(record.sequence()).isNotNegative();
          assertThat(record.ce("dataversion"))
              .isEqualTo(record.type().equals("ProductCreatedEvent") ? "2" : "1");
          assertThat(record.headers()).containsEntry("content-type", "application/json");
        });
    assertThat(records).extracting(record -> record.ce("id")).doesNotHaveDuplicates();
  }

  @Test
  void every_kind_of_event_is_published_as_it_is_described() {
    var description = EventDescription.released();
    var other = shop.newProduct(3);
    var refunded = shop.placed(OrderRequest.of(ALICE, other, 1, OrderRequest.SLOW));
    await("its payment runs")
        .atMost(Duration.ofSeconds(20))
        .until(() -> shop.paymentEvents(refunded).contains("PaymentRequestedEvent"));
    shop.as(ALICE).post("/orders/" + refunded.orderId() + "/cancel", "");
    shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, other, 1, OrderRequest.DECLINED)));
    var path = "/products/" + other.productId();
    shop.as(STAFF).put(path + "/price", Map.of("price", 60_000));
    shop.as(STAFF).post(path + "/deactivate", "");
    shop.as(STAFF).post(path + "/activate", "");

    // Only GrpcE2E makes reservations that expire.
    var expected = new HashSet<>(description.types());
    expected.remove("ReservationExpiredEvent");
    var published =
        await("each kind is published")
            .atMost(Duration.ofSeconds(20))
            .until(kafka::records, all -> types(all).containsAll(expected));

    assertThat(published).allSatisfy(description::assertThatItAllows);
  }

  @Test
  void a_placed_order_tells_what_was_bought_at_which_price() {
    var event = the("OrderPlacedEvent").event();
    assertThat(event.path("orderId").asString()).isEqualTo(order.orderId());
    assertThat(event.path("userId").asString()).isEqualTo(ALICE);
    assertThat(event.path("version").asString()).isEqualTo(order.version());
    assertThat(event.path("totalAmount").decimalValue()).isEqualByComparingTo("100000");
    assertThat(event.path("currency").asString()).isEqualTo("VND");
    assertThat(Instant.parse(event.path("timestamp").asString())).isNotNull();
    var items = event.path("items");
    assertThat(items.size()).isOne();
    assertThat(items.path(0).path("productId").asString()).isEqualTo(product.productId());
    assertThat(items.path(0).path("quantity").isIntegralNumber()).isTrue();
    assertThat(items.path(0).path("quantity").asInt()).isEqualTo(2);
    assertThat(items.path(0).path("price").isNumber()).isTrue();
    assertThat(items.path(0).path("price").decimalValue()).isEqualByComparingTo("50000");
  }

  @Test
  void the_outcome_of_a_payment_tells_who_has_paid_what() {
    var event = the("PaymentCompletedEvent").event();
    assertThat(event.path("orderId").asString()).isEqualTo(order.orderId());
    assertThat(event.path("paymentId").asString()).isNotBlank();
    assertThat(event.path("status").asString()).isEqualTo("SUCCESS");
    assertThat(event.path("amount").decimalValue()).isEqualByComparingTo("100000");
    assertThat(event.path("currency").asString()).isEqualTo("VND");
    assertThat(Instant.parse(event.path("timestamp").asString())).isNotNull();
  }

  @Test
  void a_change_of_stock_tells_the_levels_after_it() {
    var event = the("StockReservedEvent").event();
    assertThat(event.path("productId").asString()).isEqualTo(product.productId());
    assertThat(event.path("available").asLong()).isEqualTo(8);
    assertThat(event.path("reserved").asLong()).isEqualTo(2);
    assertThat(event.path("sold").asLong()).isZero();
  }

  private EventRecord the(String type) {
    return records.stream().filter(one -> one.type().equals(type)).findFirst().orElseThrow();
  }
}
