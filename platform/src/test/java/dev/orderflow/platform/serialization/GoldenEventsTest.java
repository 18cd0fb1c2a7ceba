package dev.orderflow.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.api.AddedIn;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReceiptKey;
import dev.orderflow.api.inventory.ReservationExpiredEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ever written can always be read. The files hold the JSON of each released revision; they
 * are never changed.
 */
class GoldenEventsTest {
  private static final ObjectMapper JSON = EventJson.mapper();
  private static final Serializer SERIALIZER = EventJson.serializer();
  private static final Instant AT = Instant.parse("2024-07-31T10:00:00Z");
  private static final Currency VND = Currency.getInstance("VND");
  private static final ProductId PRODUCT = new ProductId("PROD-ABC");
  private static final OrderId ORDER = new OrderId("ORD-12345");
  private static final PaymentId PAYMENT = new PaymentId("PAY-12345");
  private static final BigDecimal AMOUNT = new BigDecimal("100000");
  private static final Quantity TWO = new Quantity(2);
  private static final ReservationId RESERVATION = new ReservationId("ORD-12345");
  private static final ReservationId WITHOUT_ORDER =
      new ReservationId("01910840-1b00-7abc-8def-0123456789ab");

  static Stream<DomainEvent> events() {
    return Stream.of(
        new ProductCreatedEvent(
            PRODUCT, "Ấm / Kettle", "1,7 L", new BigDecimal("50000"), VND, 1, true, AT),
        new ProductPriceChangedEvent(PRODUCT, new BigDecimal("60000"), VND, 2, AT),
        new ProductActivatedEvent(PRODUCT, AT),
        new ProductDeactivatedEvent(PRODUCT, AT),
        new StockReceivedEvent(PRODUCT, TWO, new StockLevels(2, 0, 0), AT),
        new StockReceivedEvent(
            PRODUCT, TWO, new StockLevels(2, 0, 0), new ReceiptKey("DN-2024-0731/17"), AT),
        new StockReservedEvent(PRODUCT, RESERVATION, TWO, new StockLevels(0, 2, 0), null, AT),
        new StockCommittedEvent(PRODUCT, RESERVATION, TWO, new StockLevels(0, 0, 2), AT),
        new StockReleasedEvent(PRODUCT, RESERVATION, TWO, new StockLevels(2, 0, 0), AT),
        new StockReservedEvent(
            PRODUCT, WITHOUT_ORDER, TWO, new StockLevels(0, 2, 0), AT.plusSeconds(900), AT),
        new ReservationExpiredEvent(PRODUCT, WITHOUT_ORDER, TWO, new StockLevels(2, 0, 0), AT),
        new OrderPlacedEvent(
            ORDER,
            new UserId("USR-67890"),
            List.of(new OrderItem(PRODUCT, TWO, new BigDecimal("50000"))),
            AMOUNT,
            VND,
            new IdempotencyKey("USR-67890_20240731100000_abc789"),
            new PaymentMethod("pm_card_visa"),
            new RequestFingerprint("0123456789abcdef"),
            AT),
        new OrderConfirmedEvent(ORDER, AT),
        new OrderCancelledEvent(ORDER, CancelReason.PAYMENT_FAILED, AT),
        new PaymentRequestedEvent(
            PAYMENT, ORDER, AMOUNT, VND, new PaymentMethod("pm_card_visa"), AT),
        new PaymentRequestedEvent(
            PAYMENT,
            ORDER,
            AMOUNT,
            VND,
            new PaymentMethod("pm_card_visa"),
            new UserId("USR-67890"),
            AT),
        new PaymentCompletedEvent(
            ORDER, PAYMENT, PaymentOutcome.FAILED, "card_declined", AMOUNT, VND, AT),
        new RefundRequestedEvent(PAYMENT, ORDER, AMOUNT, VND, AT),
        new PaymentRefundedEvent(PAYMENT, ORDER, AMOUNT, VND, AT));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_written_as_its_golden_file_says(DomainEvent event) throws IOException {
    assertThat(JSON.readTree(JSON.writeValueAsString(event)))
        .isEqualTo(JSON.readTree(golden(event, revision(event.getClass()))));
  }

  @ParameterizedTest
  @MethodSource("events")
  void every_revision_is_read_as_the_event(DomainEvent event) throws IOException {
    for (var revision = 1; revision <= revision(event.getClass()); revision++) {
      var golden = golden(event, revision);

      assertThat(read(event.getClass(), revision, golden))
          .as("revision %d", revision)
          .usingRecursiveComparison()
          .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
          .isEqualTo(event);
    }
  }

  @Test
  void amounts_keep_their_digits_when_an_event_is_upcast() throws IOException {
    var golden = golden(events().findFirst().orElseThrow(), 1);

    var created = (ProductCreatedEvent) read(ProductCreatedEvent.class, 1, golden);

    assertThat(created.price()).isEqualTo(new BigDecimal("50000.0"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void fields_of_a_later_revision_are_ignored(DomainEvent event) throws IOException {
    var revision = revision(event.getClass());
    var golden = golden(event, revision);
    var later = golden.replaceFirst("\\{", "{\"later\": {\"x\": [1]},");

    assertThat(read(event.getClass(), revision + 1, later))
        .isEqualTo(read(event.getClass(), revision, golden));
  }

  @Test
  void every_kind_of_event_has_a_revision_and_a_golden_file() {
    var kinds =
        Stream.of(
                ProductUpdatedEvent.class,
                InventoryUpdatedEvent.class,
                OrderEvent.class,
                PaymentEvent.class)
            .flatMap(context -> Arrays.stream(context.getPermittedSubclasses()))
            .collect(Collectors.toSet());

    assertThat(events().map(Object::getClass).collect(Collectors.toSet())).isEqualTo(kinds);
    assertThat(kinds).allMatch(kind -> kind.isAnnotationPresent(EventRevision.class));
  }

  @ParameterizedTest
  @MethodSource("events")
  void nothing_that_an_event_says_was_added_later_than_its_revision(DomainEvent event) {
    assertThat(event.getClass().getRecordComponents())
        .filteredOn(component -> component.isAnnotationPresent(AddedIn.class))
        .extracting(component -> component.getAnnotation(AddedIn.class).revision())
        .allMatch(revision -> revision > 1 && revision <= revision(event.getClass()));
  }

  @Test
  void a_placed_order_looks_as_documented() throws IOException {
    var json =
        JSON.writeValueAsString(
            events().filter(OrderPlacedEvent.class::isInstance).findFirst().orElseThrow());

    assertThat(json)
        .contains(
            """
            "orderId":"ORD-12345","userId":"USR-67890","items":[{"productId":"PROD-ABC","quantity":2,"price":50000.0}],\
            "totalAmount":100000.0,"currency":"VND","version":\
            """)
        .contains("\"timestamp\":\"2024-07-31T10:00:00Z\"");
  }

  /** As every reader reads it. */
  private static Object read(Class<?> type, int revision, String json) {
    var stored =
        new GenericDomainEventEntry<>(
            "Aggregate",
            "aggregate-1",
            0,
            "event-1",
            AT,
            type.getName(),
            Integer.toString(revision),
            json.getBytes(StandardCharsets.UTF_8),
            "{}".getBytes(StandardCharsets.UTF_8));
    return EventJson.upcaster()
        .upcast(Stream.of(new InitialEventRepresentation(stored, SERIALIZER)))
        .map(event -> SERIALIZER.deserialize(event.getData()))
        .findFirst()
        .orElseThrow();
  }

  private static int revision(Class<?> type) {
    return type.getAnnotation(EventRevision.class).value();
  }

  private static String golden(DomainEvent event, int revision) throws IOException {
    var name =
        "/golden/%s.r%d%s.json"
            .formatted(event.getClass().getSimpleName(), revision, variant(event));
    try (var file = GoldenEventsTest.class.getResourceAsStream(name)) {
      assertThat(file).as(name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String variant(DomainEvent event) {
    return switch (event) {
      case StockReservedEvent reserved when reserved.expiresAt() != null -> ".expiring";
      case StockReceivedEvent received when received.receiptKey() != null -> ".keyed";
      case PaymentRequestedEvent requested when requested.userId() != null -> ".customer";
      default -> "";
    };
  }
}
