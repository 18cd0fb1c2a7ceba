package dev.orderflow.commandside.ordering.grpc;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.commandside.ordering.application.PlaceOrderRequest.ContactData;
import dev.orderflow.commandside.ordering.application.PlaceOrderRequest.Item;
import dev.orderflow.commandside.ordering.application.PlacementService;
import dev.orderflow.platform.grpc.Decimals;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc.OrderServiceImplBase;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import dev.orderflow.proto.ordering.v1.PlaceOrderResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class OrderGrpcService extends OrderServiceImplBase {
  private final PlacementService placement;
  private final OrderService orders;

  OrderGrpcService(PlacementService placement, OrderService orders) {
    this.placement = placement;
    this.orders = orders;
  }

  @Override
  public void placeOrder(PlaceOrderRequest request, StreamObserver<PlaceOrderResponse> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          var placed = placement.place(Caller.current().userId(), read(request));
          return PlaceOrderResponse.newBuilder()
              .setOrder(OrderMessages.order(placed.order()))
              .setReplayed(placed.replayed())
              .build();
        });
  }

  private static dev.orderflow.commandside.ordering.application.PlaceOrderRequest read(
      PlaceOrderRequest request) {
    return new dev.orderflow.commandside.ordering.application.PlaceOrderRequest(
        orNull(request.getVersion()),
        items(request.getItemsList()),
        orNull(request.getPaymentMethod()),
        request.hasContact()
            ? new ContactData(
                orNull(request.getContact().getName()),
                orNull(request.getContact().getEmail()),
                orNull(request.getContact().getAddress()))
            : null,
        orNull(request.getLocale()));
  }

  private static List<@Nullable Item> items(List<PlaceOrderItem> items) {
    var read = new ArrayList<@Nullable Item>();
    for (var item : items) {
      var price = "items[%d].expectedPrice".formatted(read.size());
      read.add(
          new Item(
              orNull(item.getProductId()),
              (long) item.getQuantity(),
              Decimals.readOrNull(price, item.getExpectedPrice()),
              item.getPriceVersion()));
    }
    return read;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  @Override
  public void confirmOrder(ConfirmOrderRequest request, StreamObserver<Order> observer) {
    UnaryCall.answer(
        observer, () -> OrderMessages.order(orders.confirm(new OrderId(request.getOrderId()))));
  }

  @Override
  public void cancelOrder(CancelOrderRequest request, StreamObserver<Order> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          var reason = OrderMessages.reason(request.getReason());
          return OrderMessages.order(orders.cancel(Caller.current(), request.getOrderId(), reason));
        });
  }

  @Override
  public void getOrder(GetOrderRequest request, StreamObserver<Order> observer) {
    UnaryCall.answer(
        observer, () -> OrderMessages.order(orders.get(Caller.current(), request.getOrderId())));
  }
}
