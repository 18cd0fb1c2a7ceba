package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.EventStoreReader;
import dev.orderflow.e2e.audit.EventStoreReader.Position;
import dev.orderflow.e2e.audit.EventStoreReader.Stored;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ForgedRecords;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Records that look like ours and are not true move no money and end no order wrongly. What they
 * leave behind are letters; every order comes to its true end all the same, without an operator.
 */
@RunsOn(Setup.FORGED_RECORDS)
class ForgedRecordsE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ShopClient shop;
  private final EventStoreReader log;
  private final ForgedRecords forged;
  private Product product;

  ForgedRecordsE2E(PlatformUnderTest platform) {
    shop = platform.shop();
    log = new EventStoreReader(platform.cluster().postgres());
    forged = new ForgedRecords(platform.cluster().kafka().bootstrapServers());
  }

  @BeforeEach
  void a_product_of_which_nothing_is_sold() {
    product = shop.newProduct(10);
  }

  @AfterAll
  void close() {
    forged.close();
  }

  @Test
  void an_order_whose_payment_is_said_to_have_ended_is_confirmed_when_it_is_paid_and_not_before() {
    var said = List.of("SUCCESS", "FAILED");
    var orders = said.stream().map(_ -> placed(OrderRequest.SLOW)).toList();

    for (var i = 0; i < said.size(); i++) {
      var ended = completed(orders.get(i), said.get(i));
      forge("payment-outcomes", "payment.PaymentCompletedEvent", orders.get(i), ended);
    }

    var letters = orders.stream().map(this::awaitLetter).toList();
    assertThat(letters.getFirst().path("cause").asString()).contains("FAILED_PRECONDITION");
    for (var order : orders) {
      assertThat(shop.awaitFinal(order).status()).isEqualTo("CONFIRMED");
      assertThatItsPaymentEndedFirst(order);
      assertThat(log.keptCharges()).contains(paymentId(order.orderId()));
      discard(order.orderId());
    }
  }

  @Test
  void for_an_order_that_was_never_placed_nothing_is_charged() {
    var id = "ORD-" + UUID.randomUUID();
    var placed =
        """
        {"orderId":"%s","userId":"alice","items":[{"productId":"%s","quantity":1,"price":9000000.0}],
         "totalAmount":9000000.0,"currency":"VND","version":"alice_20240101000000_%s",
         "paymentMethod":"pm_card_visa","fingerprint":"00"\
        """
            .formatted(id, product.productId(), id);

    forged.send("orders", "ordering.OrderPlacedEvent", id, id, placed);

    assertThat(awaitLetter(id).path("cause").asString()).contains("NOT_FOUND");
    forged.send(
        "payments",
        "payment.PaymentRequestedEvent",
        id,
        id.replace("ORD-", "PAY-"),
        """
        {"orderId":"%s","paymentId":"%s","amount":9000000.0,"currency":"VND"\
        """
            .formatted(id, id.replace("ORD-", "PAY-")));
    await("the payment worker has kept it as well")
        .atMost(SOON)
        .until(
            () -> letters(id).stream().map(letter -> letter.path("source").asString()).toList(),
            sources -> sources.contains("payment-worker"));
    assertThat(log.keptCharges()).doesNotContain(id.replace("ORD-", "PAY-"));
    discard(id);
  }

  @Test
  void what_was_paid_for_a_confirmed_order_is_kept_whatever_is_said_of_it() {
    var order = shop.awaitFinal(placed(OrderRequest.VISA));
    assertThat(order.status()).isEqualTo("CONFIRMED");
    var later = placed(OrderRequest.VISA);

    forge("orders", "ordering.OrderCancelledEvent", order, "\"reason\":\"CUSTOMER_REQUEST\"");
    forge("payments", "payment.RefundRequestedEvent", order, payment(order));
    forge("payments", "payment.PaymentRefundedEvent", order, payment(order));

    assertThat(shop.awaitFinal(later).status()).isEqualTo("CONFIRMED");
    var next = shop.awaitFinal(placed(OrderRequest.VISA));
    assertThat(next.status()).isEqualTo("CONFIRMED");
    assertThat(log.keptCharges())
        .contains(
            paymentId(order.orderId()), paymentId(later.orderId()), paymentId(next.orderId()));
  }

  /** Its saga is under way: its payment was asked for. */
  private Order placed(String paymentMethod) {
    var order = shop.placed(OrderRequest.of(ALICE, product, 1, paymentMethod));
    var requested = ofPayment(order, 0);
    await("the payment is asked for")
        .atMost(SOON)
        .until(() -> log.events().stream().anyMatch(one -> one.position().equals(requested)));
    return order;
  }

  private static Position ofPayment(Order order, long sequence) {
    return new Position("payment-" + paymentId(order.orderId()), sequence);
  }

  /** As the log has it, since on a busy machine one may look after both. */
  private void assertThatItsPaymentEndedFirst(Order order) {
    assertThat(log.events())
        .extracting(Stored::position)
        .containsSubsequence(ofPayment(order, 1), new Position("order-" + order.orderId(), 1));
  }

  private static String completed(Order order, String status) {
    return payment(order) + ",\"status\":\"%s\",\"reason\":\"forged\"".formatted(status);
  }

  private static String payment(Order order) {
    return "\"paymentId\":\"%s\",\"amount\":1.0,\"currency\":\"VND\""
        .formatted(paymentId(order.orderId()));
  }

  private static String paymentId(String orderId) {
    return orderId.replace("ORD-", "PAY-");
  }

  /**
   * Sends an event that no order has decided.
   *
   * @param fields beside the order's id and the time
   */
  private void forge(String topic, String type, Order order, String fields) {
    var subject = type.startsWith("payment.") ? paymentId(order.orderId()) : order.orderId();
    var all = "{\"orderId\":\"%s\",%s".formatted(order.orderId(), fields);
    forged.send(topic, type, order.orderId(), subject, all);
  }

  private JsonNode awaitLetter(Order order) {
    return awaitLetter(order.orderId());
  }

  private JsonNode awaitLetter(String orderId) {
    return await("a letter of " + orderId)
        .atMost(SOON)
        .until(() -> letters(orderId), letters -> !letters.isEmpty())
        .getFirst();
  }

  private List<JsonNode> letters(String orderId) {
    return shop.deadLetters("?pageSize=100").stream()
        .filter(letter -> letter.path("payload").asString().contains(orderId))
        .toList();
  }

  private void discard(String orderId) {
    await("no letter of " + orderId)
        .atMost(SOON)
        .until(() -> {
          letters(orderId)
              .forEach(letter ->
                  shop.as(STAFF)
                      .delete(
                          "/admin/dead-letters/" + letter.path("id").asString() + "?reason=test"));
          return letters(orderId).isEmpty();
        });
  }
}
