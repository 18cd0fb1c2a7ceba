package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.GrpcServerRules;
import dev.orderflow.platform.testing.RawCall;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of every gRPC server, and what only this one can be asked. */
@ExtendWith(SharedCommandSide.class)
class GrpcServerIT implements GrpcServerRules {
  private static final int LINES = 50;
  private static final int BAD_FIELDS_OF_A_LINE = 2;
  private static final int UNKNOWN = 99;

  private final RunningCommandSide commandSide;

  GrpcServerIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Override
  public Channel server() {
    return commandSide.channel();
  }

  @Override
  public List<ServiceDescriptor> services() {
    return GrpcCalls.services(commandSide.second().beans(BindableService.class));
  }

  @Override
  public String tokenFor(MethodDescriptor<?, ?> method) {
    return switch (method.getFullMethodName()) {
      case "orderflow.inventory.v1.InventoryService/GetStock" -> "";
      case "orderflow.ordering.v1.OrderService/PlaceOrder" -> commandSide.alice();
      case String call when call.contains("Stock") || call.contains("Product/") ->
          commandSide.staff();
      case String call when call.contains("Catalog") -> commandSide.staff();
      default -> commandSide.service();
    };
  }

  @Test
  void a_refusal_of_the_largest_order_arrives_and_says_what_it_left_out() throws Exception {
    var order = PlaceOrderRequest.newBuilder().setVersion(RunningCommandSide.newKey("alice"));
    for (var i = 0; i < LINES; i++) {
      order.addItems(
          PlaceOrderItem.newBuilder()
              .setProductId("/".repeat(100))
              .setExpectedPrice("1")
              .setPriceVersion(1));
    }

    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                commandSide
                    .grpc(OrderServiceGrpc::newBlockingStub, commandSide.alice())
                    .placeOrder(order.build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    var told = detail(failure, BadRequest.class).getFieldViolationsCount();
    var omitted = detail(failure, ErrorInfo.class).getMetadataOrThrow("omitted");
    assertThat(told + Integer.parseInt(omitted)).isEqualTo(LINES * BAD_FIELDS_OF_A_LINE);
    assertThat(told).isGreaterThanOrEqualTo(BAD_FIELDS_OF_A_LINE);
  }

  @Test
  void a_value_of_an_enum_that_this_version_does_not_know_is_refused() {
    var product = commandSide.product(1);
    var order = commandSide.orderId(product);
    var cancel = CancelOrderRequest.newBuilder().setOrderId(order).setReasonValue(UNKNOWN).build();

    for (var token : List.of(commandSide.alice(), commandSide.service())) {
      var ending =
          RawCall.of(
              commandSide.channel(),
              OrderServiceGrpc.getCancelOrderMethod(),
              token,
              cancel.toByteArray());
      assertThat(ending.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(
            RawCall.of(
                    commandSide.channel(),
                    PaymentServiceGrpc.getCompletePaymentMethod(),
                    commandSide.service(),
                    CompletePaymentRequest.newBuilder()
                        .setPaymentId(order.replace("ORD-", "PAY-"))
                        .setOrderId(order)
                        .setOutcomeValue(UNKNOWN)
                        .build()
                        .toByteArray())
                .status()
                .getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private static <T extends Message> T detail(StatusRuntimeException failure, Class<T> type)
      throws InvalidProtocolBufferException {
    for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
      if (detail.is(type)) {
        return detail.unpack(type);
      }
    }
    throw new AssertionError("no " + type + " in " + failure);
  }
}
