package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestPostgres;
import dev.orderflow.proto.inventory.v1.CommitStockRequest;
import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import dev.orderflow.proto.inventory.v1.ReleaseStockRequest;
import dev.orderflow.proto.inventory.v1.ReserveStockRequest;
import dev.orderflow.proto.inventory.v1.ReserveStockResponse;
import dev.orderflow.proto.inventory.v1.StockLevels;
import dev.orderflow.proto.inventory.v1.StockShortage;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reservations without an order, from outside: over gRPC, on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservationIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String staff = SigningKeys.TRUSTED.token("admin", "staff");
  private final BearerTokenAuthenticationInterceptor asStaff =
      new BearerTokenAuthenticationInterceptor(staff);
  private final List<AutoCloseable> running = new ArrayList<>();

  /** Hold for an hour. */
  private InventoryServiceBlockingStub patient;

  private InventoryServiceBlockingStub otherPatient;

  /** Holds for a second. */
  private InventoryServiceBlockingStub hasty;

  private Instance instance;
  private ManagedChannel channel;

  @BeforeAll
  void three_instances() throws Exception {
    instance = start(database, "1h");
    channel = channel(instance);
    patient = stub(channel);
    otherPatient = stub(channel(start(database, "1h")));
    hasty = stub(channel(start(database, "1s")));
  }

  @AfterAll
  void stop() throws Exception {
    for (var closeable : running.reversed()) {
      closeable.close();
    }
  }

  @Test
  void pieces_are_held_under_an_id_of_ours_when_the_caller_has_none() {
    var product = product(10);

    var reserved = patient.reserveStock(reserve(product, 3, null));
    var another = patient.reserveStock(reserve(product, 2, null));

    assertThat(reserved.getLevels()).isEqualTo(levels(product, 7, 3, 0));
    assertThat(UUID.fromString(reserved.getReservationId()).version()).isEqualTo(7);
    assertThat(reserved.getExpiresAt().getSeconds())
        .isGreaterThan(Clock.systemUTC().instant().getEpochSecond());
    assertThat(another.getLevels()).isEqualTo(levels(product, 5, 5, 0));
    assertThat(current(product)).isEqualTo(levels(product, 5, 5, 0));
  }

  @Test
  void the_same_id_again_holds_nothing_more_on_any_instance() {
    var product = product(10);
    var id = newId();

    var reserved = patient.reserveStock(reserve(product, 3, id));
    var again = otherPatient.reserveStock(reserve(product, 3, id.toUpperCase()));

    assertThat(again).isEqualTo(reserved);
    assertThat(again.getReservationId()).isEqualTo(id);
    assertFails(
        "ALREADY_EXISTS",
        "IDEMPOTENCY_KEY_REUSED",
        () -> otherPatient.reserveStock(reserve(product, 4, id)));
    assertThat(current(product)).isEqualTo(levels(product, 7, 3, 0));
  }

  @Test
  void twins_on_two_instances_become_one_reservation() throws Exception {
    var product = product(1_000);
    for (var round = 1; round <= 20; round++) {
      var id = newId();
      var answers =
          together(
              List.of(
                  () -> patient.reserveStock(reserve(product, 1, id)),
                  () -> otherPatient.reserveStock(reserve(product, 1, id)),
                  () -> patient.reserveStock(reserve(product, 1, id)),
                  () -> otherPatient.reserveStock(reserve(product, 1, id))));
      assertThat(new HashSet<>(answers)).hasSize(1);
      assertThat(current(product)).isEqualTo(levels(product, 1_000 - round, round, 0));
    }
  }

  @Test
  void what_was_sold_stays_sold() {
    var product = product(10);
    var id = patient.reserveStock(reserve(product, 3, null)).getReservationId();

    assertThat(patient.commitStock(commit(product, id))).isEqualTo(levels(product, 7, 0, 3));
    assertThat(otherPatient.commitStock(commit(product, id))).isEqualTo(levels(product, 7, 0, 3));
    assertFails("NOT_FOUND", "NOT_FOUND", () -> patient.releaseStock(release(product, id)));
    assertFails(
        "ALREADY_EXISTS",
        "IDEMPOTENCY_KEY_REUSED",
        () -> patient.reserveStock(reserve(product, 3, id)));
    assertThat(current(product)).isEqualTo(levels(product, 7, 0, 3));
  }

  @Test
  void what_was_given_back_can_be_had_by_others() {
    var product = product(10);
    var id = patient.reserveStock(reserve(product, 10, null)).getReservationId();

    assertThat(patient.releaseStock(release(product, id))).isEqualTo(levels(product, 10, 0, 0));
    assertThat(otherPatient.releaseStock(release(product, id)))
        .isEqualTo(levels(product, 10, 0, 0));
    assertFails("NOT_FOUND", "NOT_FOUND", () -> patient.commitStock(commit(product, id)));
    assertThat(patient.reserveStock(reserve(product, 10, null)).getLevels())
        .isEqualTo(levels(product, 0, 10, 0));
  }

  @Test
  void an_unknown_reservation_is_not_found_unless_it_is_an_orders() {
    for (var product : List.of(product(5), product(0))) {
      var untouched = current(product);
      assertFails("NOT_FOUND", "NOT_FOUND", () -> patient.commitStock(commit(product, newId())));
      assertFails("NOT_FOUND", "NOT_FOUND", () -> patient.releaseStock(release(product, newId())));
      assertThat(patient.commitStock(commit(product, "ORD-1"))).isEqualTo(untouched);
      assertThat(patient.releaseStock(release(product, "ORD-1"))).isEqualTo(untouched);
    }
    assertFails(
        "NOT_FOUND", "PRODUCT_NOT_FOUND", () -> patient.commitStock(commit("PROD-NONE", newId())));
  }

  @Test
  void short_stock_and_unknown_products_are_refused_and_leave_nothing() {
    var product = product(5);
    var neverReceived = product(0);

    assertThat(shortage(() -> patient.reserveStock(reserve(product, 6, null))))
        .isEqualTo(shortage(product, 6, 5));
    assertThat(shortage(() -> patient.reserveStock(reserve(neverReceived, 1, null))))
        .isEqualTo(shortage(neverReceived, 1, 0));
    assertFails(
        "NOT_FOUND",
        "PRODUCT_NOT_FOUND",
        () -> patient.reserveStock(reserve("PROD-NONE", 1, null)));
    assertThat(current(product)).isEqualTo(levels(product, 5, 0, 0));
    assertThat(open(product)).isZero();
  }

  @Test
  void a_bad_request_is_told_every_field_that_is_wrong() {
    var product = product(5);
    var future =
        Generators.timeBasedEpochGenerator()
            .construct(Clock.systemUTC().millis() + Duration.ofMinutes(6).toMillis())
            .toString();

    assertThat(violations(() -> patient.reserveStock(reserve("", 0, "x"))))
        .containsExactly("productId", "quantity", "reservationId");
    assertThat(violations(() -> patient.reserveStock(reserve("no product", -1, "ORD-1"))))
        .containsExactly("productId", "quantity", "reservationId");
    assertThat(violations(() -> patient.reserveStock(reserve(product, 1_000_001, future))))
        .containsExactly("quantity", "reservationId");
    assertThat(violations(() -> patient.commitStock(commit("", ""))))
        .containsExactly("productId", "reservationId");
    assertThat(violations(() -> patient.releaseStock(release("", "no id"))))
        .containsExactly("productId", "reservationId");
    assertThat(current(product)).isEqualTo(levels(product, 5, 0, 0));
  }

  @Test
  void staff_and_the_shops_programs_hold_stock_without_an_order_and_customers_do_not() {
    var product = product(5);
    var request = reserve(product, 1, null);

    assertFails(
        "PERMISSION_DENIED", "FORBIDDEN", () -> as("alice", "customer").reserveStock(request));
    assertFails(
        "UNAUTHENTICATED",
        "UNAUTHENTICATED",
        () -> InventoryServiceGrpc.newBlockingStub(channel).reserveStock(request));
    assertThat(as("shop", "service").reserveStock(request).getLevels())
        .isEqualTo(levels(product, 4, 1, 0));
  }

  private InventoryServiceBlockingStub as(String subject, String scope) {
    return InventoryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(
            new BearerTokenAuthenticationInterceptor(SigningKeys.TRUSTED.token(subject, scope)));
  }

  @Test
  void when_it_is_over_is_stored_in_the_transaction_of_the_reservation() {
    var product = product(5);
    var id = patient.reserveStock(reserve(product, 1, null)).getReservationId();

    assertThat(
            jdbc.sql(
                    """
                    SELECT event.xmin = expiry.xmin
                      AND expiry.due = (convert_from(event.payload, 'UTF8')::jsonb ->> 'expiresAt')::timestamptz
                    FROM reservation_expiry expiry, domain_event event
                    WHERE reservation_id = ? AND event.aggregate_id = ? AND event.sequence_number = 1\
                    """)
                .params(id, "stock-" + product)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void a_reservation_expires_by_itself_when_its_time_is_over() {
    var product = product(10);
    var id = hasty.reserveStock(reserve(product, 4, null)).getReservationId();

    awaitExpired(jdbc, product, hasty, levels(product, 10, 0, 0));

    assertFails("NOT_FOUND", "NOT_FOUND", () -> hasty.commitStock(commit(product, id)));
    assertThat(hasty.releaseStock(release(product, id))).isEqualTo(levels(product, 10, 0, 0));
    assertFails(
        "ALREADY_EXISTS",
        "IDEMPOTENCY_KEY_REUSED",
        () -> hasty.reserveStock(reserve(product, 4, id)));
  }

  @Test
  void what_was_sold_in_time_does_not_expire() {
    var product = product(10);
    var sold = otherPatient.reserveStock(reserve(product, 4, null)).getReservationId();
    otherPatient.commitStock(commit(product, sold));
    jdbc.sql("UPDATE reservation_expiry SET due = now() WHERE reservation_id = ?")
        .param(sold)
        .update();

    await().atMost(LIMIT).until(() -> open(product) == 0);

    assertThat(current(product)).isEqualTo(levels(product, 6, 0, 4));
    assertThat(expiries(jdbc, product)).isZero();
  }

  @Test
  void what_could_not_be_ended_is_tried_again_until_it_is() {
    var product = product(10);
    jdbc.sql(
            """
            ALTER TABLE domain_event ADD CONSTRAINT refuses_the_end CHECK (
              aggregate_id <> 'stock-%s' OR payload_type NOT LIKE '%%.ReservationExpiredEvent')\
            """
                .formatted(product))
        .update();
    hasty.reserveStock(reserve(product, 4, null));
    awaitClaimed(product);
    awaitClaimed(product);
    jdbc.sql("ALTER TABLE domain_event DROP CONSTRAINT refuses_the_end").update();

    awaitExpired(jdbc, product, hasty, levels(product, 10, 0, 0));
  }

  private void awaitClaimed(String product) {
    var before = due(product);
    await().atMost(LIMIT).until(() -> due(product).isAfter(before));
  }

  private Instant due(String product) {
    return jdbc.sql("SELECT due FROM reservation_expiry WHERE product_id = ?")
        .param(product)
        .query((row, _) -> row.getTimestamp("due").toInstant())
        .single();
  }

  @Test
  void a_reservation_expires_although_the_instance_that_made_it_is_gone() throws Exception {
    var own = TestPostgres.newDatabase();
    var ownJdbc = JdbcClient.create(own.dataSource());
    String product;
    try (var before = start(own, "1h")) {
      product = product(before, 10);
      stub(channel(before)).reserveStock(reserve(product, 4, null));
    }
    assertThat(expiries(ownJdbc, product)).isZero();

    var after = start(own, "1h", "--spring.main.sources=" + TwoHoursLater.class.getName());

    awaitExpired(ownJdbc, product, stub(channel(after)), levels(product, 10, 0, 0));
  }

  /** The clock of an instance that is started long after. */
  static class TwoHoursLater {
    @Bean
    @Primary
    Clock twoHoursLater() {
      return Clock.offset(Clock.tickMillis(ZoneOffset.UTC), Duration.ofHours(2));
    }
  }

  @Test
  void an_earlier_client_reserves_with_the_numbers_that_it_knows() throws Exception {
    var product = product(5);
    var client = new EarlierClient();

    var yes = client.checkAndReserve(product, 3);
    var no = client.checkAndReserve(product, 3);
    var unknown = client.checkAndReserve("PROD-NONE", 1);

    assertThat(client.isAvailable(yes)).isTrue();
    assertThat(client.message(yes)).startsWith("Reserved until 20");
    assertThat(client.isAvailable(no)).isFalse();
    assertThat(client.message(no)).contains("Not enough in stock").contains(product);
    assertThat(client.reservationId(no)).isEmpty();
    assertThat(client.isAvailable(unknown)).isFalse();
    assertThat(client.message(unknown)).contains("no such product").contains("PROD-NONE");
    assertThat(violations(() -> client.checkAndReserve("", 0)))
        .containsExactly("productId", "quantity");
    assertThat(patient.commitStock(commit(product, client.reservationId(yes))))
        .isEqualTo(levels(product, 2, 0, 3));
  }

  /** Knows nothing but the numbers, names and types that were fixed first. */
  private final class EarlierClient {
    private final FileDescriptor file;

    EarlierClient() throws DescriptorValidationException {
      file =
          FileDescriptor.buildFrom(
              FileDescriptorProto.newBuilder()
                  .setSyntax("proto3")
                  .setPackage("earlier")
                  .addMessageType(
                      DescriptorProto.newBuilder()
                          .setName("Request")
                          .addField(field("productId", 1, Type.TYPE_STRING))
                          .addField(field("quantity", 2, Type.TYPE_INT32)))
                  .addMessageType(
                      DescriptorProto.newBuilder()
                          .setName("Response")
                          .addField(field("isAvailable", 1, Type.TYPE_BOOL))
                          .addField(field("message", 2, Type.TYPE_STRING))
                          .addField(field("reservationId", 3, Type.TYPE_STRING)))
                  .build(),
              new FileDescriptor[0]);
    }

    private static FieldDescriptorProto field(String name, int number, Type type) {
      return FieldDescriptorProto.newBuilder()
          .setName(name)
          .setNumber(number)
          .setType(type)
          .build();
    }

    DynamicMessage checkAndReserve(String product, int quantity) {
      var request = file.findMessageTypeByName("Request");
      var response = file.findMessageTypeByName("Response");
      var method =
          MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName("inventory.InventoryService/CheckAndReserveStock")
              .setRequestMarshaller(
                  ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(request)))
              .setResponseMarshaller(
                  ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(response)))
              .build();
      return ClientCalls.blockingUnaryCall(
          ClientInterceptors.intercept(channel, asStaff),
          method,
          CallOptions.DEFAULT,
          DynamicMessage.newBuilder(request)
              .setField(request.findFieldByNumber(1), product)
              .setField(request.findFieldByNumber(2), quantity)
              .build());
    }

    boolean isAvailable(DynamicMessage response) {
      return (boolean) value(response, 1);
    }

    String message(DynamicMessage response) {
      return (String) value(response, 2);
    }

    String reservationId(DynamicMessage response) {
      return (String) value(response, 3);
    }

    private static Object value(DynamicMessage response, int number) {
      return response.getField(response.getDescriptorForType().findFieldByNumber(number));
    }
  }

  private Instance start(TestPostgres.Database on, String ttl, String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add("--orderflow.inventory.reservation-ttl=" + ttl);
    all.add(Instance.PATIENT_WITH_OTHERS);
    var started = Instance.start(on, all.toArray(String[]::new));
    running.add(started);
    return started;
  }

  private ManagedChannel channel(Instance to) {
    var opened = to.channel();
    running.add(opened::shutdownNow);
    return opened;
  }

  private InventoryServiceBlockingStub stub(ManagedChannel over) {
    return InventoryServiceGrpc.newBlockingStub(over).withInterceptors(asStaff);
  }

  private String product(int stock) {
    return product(instance, stock);
  }

  private String product(Instance on, int stock) {
    var id = "PROD-" + UUID.randomUUID();
    var body =
        """
        {"productId": "%s", "name": "Kettle", "price": 50000, "currency": "VND"}\
        """
            .formatted(id);
    assertThat(on.send("POST", "/products", staff, body).status()).isEqualTo(201);
    if (stock > 0) {
      var receipt = "{\"quantity\": " + stock + "}";
      assertThat(on.send("POST", "/inventory/" + id + "/receipts", staff, receipt).status())
          .isEqualTo(200);
    }
    return id;
  }

  private static String newId() {
    return Generators.timeBasedEpochGenerator().generate().toString();
  }

  private static ReserveStockRequest reserve(String product, int quantity, String id) {
    var request = ReserveStockRequest.newBuilder().setProductId(product).setQuantity(quantity);
    if (id != null) {
      request.setReservationId(id);
    }
    return request.build();
  }

  private static CommitStockRequest commit(String product, String id) {
    return CommitStockRequest.newBuilder().setProductId(product).setReservationId(id).build();
  }

  private static ReleaseStockRequest release(String product, String id) {
    return ReleaseStockRequest.newBuilder().setProductId(product).setReservationId(id).build();
  }

  private static StockLevels levels(String product, long available, long reserved, long sold) {
    return StockLevels.newBuilder()
        .setProductId(product)
        .setAvailable(available)
        .setReserved(reserved)
        .setSold(sold)
        .build();
  }

  private static StockShortage shortage(String product, long requested, long available) {
    return StockShortage.newBuilder()
        .setProductId(product)
        .setRequested(requested)
        .setAvailable(available)
        .build();
  }

  private StockLevels current(String product) {
    return otherPatient.getStock(GetStockRequest.newBuilder().setProductId(product).build());
  }

  /** Once, and with nothing left to be done. */
  private static void awaitExpired(
      JdbcClient on, String product, InventoryServiceBlockingStub stub, StockLevels expected) {
    await().atMost(LIMIT).until(() -> open(on, product) == 0);
    assertThat(expiries(on, product)).isOne();
    assertThat(stub.getStock(GetStockRequest.newBuilder().setProductId(product).build()))
        .isEqualTo(expected);
  }

  private long open(String product) {
    return open(jdbc, product);
  }

  private static long open(JdbcClient on, String product) {
    return on.sql("SELECT count(*) FROM reservation_expiry WHERE product_id = ?")
        .param(product)
        .query(Long.class)
        .single();
  }

  private static long expiries(JdbcClient on, String product) {
    return on.sql(
            """
            SELECT count(*) FROM domain_event
            WHERE aggregate_id = ? AND payload_type LIKE '%.ReservationExpiredEvent'\
            """)
        .param("stock-" + product)
        .query(Long.class)
        .single();
  }

  private static void assertFails(String status, String reason, ThrowingCallable call) {
    var failure = failure(call);
    assertThat(failure.getStatus().getCode()).hasToString(status);
    assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo(reason);
  }

  private static List<String> violations(ThrowingCallable call) {
    var failure = failure(call);
    assertThat(failure.getStatus().getCode()).hasToString("INVALID_ARGUMENT");
    return detail(failure, BadRequest.class).getFieldViolationsList().stream()
        .map(FieldViolation::getField)
        .toList();
  }

  private static StockShortage shortage(ThrowingCallable call) {
    var failure = failure(call);
    assertThat(failure.getStatus().getCode()).hasToString("FAILED_PRECONDITION");
    return detail(failure, StockShortage.class);
  }

  private static StatusRuntimeException failure(ThrowingCallable call) {
    var thrown = ThrowableAssert.catchThrowable(call);
    assertThat(thrown).isInstanceOf(StatusRuntimeException.class);
    return (StatusRuntimeException) thrown;
  }

  private static <T extends Message> T detail(StatusRuntimeException failure, Class<T> type) {
    try {
      for (var detail : StatusProto.fromThrowable(failure).getDetailsList()) {
        if (detail.is(type)) {
          return detail.unpack(type);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
  }

  private static List<ReserveStockResponse> together(List<Callable<ReserveStockResponse>> calls)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<ReserveStockResponse>();
      for (var future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
