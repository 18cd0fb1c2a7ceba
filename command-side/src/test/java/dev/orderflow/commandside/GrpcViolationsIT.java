package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.orderflow.proto.catalog.v1.CatalogCommandServiceGrpc;
import dev.orderflow.proto.catalog.v1.CreateProductRequest;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A violation over gRPC names the field as it is called in JSON, like one over REST. */
@ExtendWith(SharedCommandSide.class)
class GrpcViolationsIT {
  private static final PlaceOrderItem GOOD = item("P", 1, "50000", 1);

  private final RunningCommandSide commandSide;

  GrpcViolationsIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void every_bad_field_of_every_line_is_named() {
    var request = order().addItems(GOOD).addItems(item("", 0, "", 0));

    assertThat(fieldsOf(() -> place(request)))
        .containsExactly("items[1].productId", "items[1].quantity", "items[1].expectedPrice");
  }

  @Test
  void a_price_that_is_no_number_is_named_with_its_line() {
    assertThat(fieldsOf(() -> place(order().addItems(GOOD).addItems(item("P", 1, "free", 1)))))
        .containsExactly("items[1].expectedPrice");
    assertThat(fieldsOf(() -> place(order().addItems(item("P", 1, "50000", 0)))))
        .containsExactly("items[0].priceVersion");
  }

  @Test
  void the_key_the_method_and_the_contact_are_named() {
    assertThat(fieldsOf(() -> place(order().clearVersion().addItems(GOOD))))
        .containsExactly("version");
    assertThat(fieldsOf(() -> place(order().addItems(GOOD).setPaymentMethod("4242"))))
        .containsExactly("paymentMethod");
    var contact = order().addItems(GOOD);
    contact.getContactBuilder().setEmail("nowhere");
    assertThat(fieldsOf(() -> place(contact))).containsExactly("contact.email");
    var nameless = order().addItems(GOOD);
    nameless.getContactBuilder().setName("\u200b");
    assertThat(fieldsOf(() -> place(nameless))).containsExactly("contact.name");
    var nowhere = order().addItems(GOOD);
    nowhere.getContactBuilder().setAddress("\u3164");
    assertThat(fieldsOf(() -> place(nowhere))).containsExactly("contact.address");
    assertThat(fieldsOf(() -> place(order()))).containsExactly("items");
  }

  @Test
  void a_product_names_every_field() {
    var catalog = commandSide.grpc(CatalogCommandServiceGrpc::newBlockingStub, commandSide.staff());

    assertThat(
            fieldsOf(() ->
                catalog.createProduct(CreateProductRequest.newBuilder().setProductId("/").build())))
        .containsExactly("productId", "name", "currency");
    assertThat(
            fieldsOf(() ->
                catalog.createProduct(
                    CreateProductRequest.newBuilder()
                        .setName("\u200b")
                        .setCurrency("VND")
                        .setPrice("1")
                        .build())))
        .containsExactly("name");
    assertThat(
            fieldsOf(() ->
                catalog.createProduct(
                    CreateProductRequest.newBuilder()
                        .setName("Lamp")
                        .setCurrency("VND")
                        .setPrice("free")
                        .build())))
        .containsExactly("price");
  }

  @Test
  void a_payment_names_every_field() {
    var payments = commandSide.grpc(PaymentServiceGrpc::newBlockingStub, commandSide.service());

    assertThat(
            fieldsOf(() ->
                payments.requestPayment(
                    RequestPaymentRequest.newBuilder().setPaymentMethod("4242").build())))
        .containsExactly("orderId", "currency", "amount", "paymentMethod");
    assertThat(
            fieldsOf(() -> payments.completePayment(CompletePaymentRequest.getDefaultInstance())))
        .containsExactly("paymentId", "orderId", "outcome");
  }

  @Test
  void a_service_gives_a_reason_to_cancel() {
    var orders = commandSide.grpc(OrderServiceGrpc::newBlockingStub, commandSide.service());

    assertThat(
            fieldsOf(() ->
                orders.cancelOrder(CancelOrderRequest.newBuilder().setOrderId("ORD-1").build())))
        .containsExactly("reason");
  }

  private void place(PlaceOrderRequest.Builder request) {
    commandSide
        .grpc(OrderServiceGrpc::newBlockingStub, commandSide.alice())
        .placeOrder(request.build());
  }

  private static PlaceOrderRequest.Builder order() {
    return PlaceOrderRequest.newBuilder().setVersion(RunningCommandSide.newKey("alice"));
  }

  private static PlaceOrderItem item(String product, int quantity, String price, long version) {
    return PlaceOrderItem.newBuilder()
        .setProductId(product)
        .setQuantity(quantity)
        .setExpectedPrice(price)
        .setPriceVersion(version)
        .build();
  }

  /** The fields that the details of the failure name. */
  private static List<String> fieldsOf(Runnable call) {
    var failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(failure).isNotNull();
    return StatusProto.fromThrowable(failure).getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .flatMap(detail -> fields(detail).stream())
        .toList();
  }

  private static List<String> fields(Any detail) {
    try {
      return detail.unpack(BadRequest.class).getFieldViolationsList().stream()
          .map(BadRequest.FieldViolation::getField)
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
