package dev.orderflow.queryside.ordering.grpc;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.grpc.ServerStream;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.proto.ordering.v1.GetOrderRequest;
import dev.orderflow.proto.ordering.v1.ListAllOrdersRequest;
import dev.orderflow.proto.ordering.v1.ListOrdersRequest;
import dev.orderflow.proto.ordering.v1.ListOrdersResponse;
import dev.orderflow.proto.ordering.v1.Order;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.WatchOrderRequest;
import dev.orderflow.proto.ordering.v1.WatchOrderResponse;
import dev.orderflow.queryside.ordering.application.OrderQueries;
import dev.orderflow.queryside.ordering.application.OrderWatch;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

/** {@code orderflow.ordering.v1.OrderQueryService}. */
@GrpcService
class OrderQueryGrpcService extends OrderQueryServiceGrpc.OrderQueryServiceImplBase {
  private final OrderQueries orders;
  private final OrderWatch watch;

  OrderQueryGrpcService(OrderQueries orders, OrderWatch watch) {
    this.orders = orders;
    this.watch = watch;
  }

  @Override
  public void getOrder(GetOrderRequest request, StreamObserver<Order> answer) {
    UnaryCall.answer(
        answer,
        () ->
            OrderMessages.write(orders.find(Caller.current(), new OrderId(request.getOrderId()))));
  }

  @Override
  public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> answer) {
    UnaryCall.answer(
        answer,
        () -> {
          var selection = OrderSelections.of(request);
          return messageOf(
              orders.own(
                  Caller.current(),
                  selection,
                  new PageRequest(
                      request.getPageSize(), request.getPageToken(), selection.text())));
        });
  }

  @Override
  public void listAllOrders(
      ListAllOrdersRequest request, StreamObserver<ListOrdersResponse> answer) {
    UnaryCall.answer(
        answer,
        () -> {
          var selection = OrderSelections.of(request);
          return messageOf(
              orders.visible(
                  Caller.current(),
                  selection,
                  new PageRequest(
                      request.getPageSize(), request.getPageToken(), selection.text())));
        });
  }

  @Override
  public void watchOrder(WatchOrderRequest request, StreamObserver<WatchOrderResponse> answer) {
    ServerStream.answer(
        answer,
        stream -> {
          var caller = Caller.current();
          var order = orders.find(caller, new OrderId(request.getOrderId()));
          var states = watch.open(caller, order, 0);
          stream.whenGone(states::end);
          return () -> states.tell(state -> stream.send(messageOf(state)));
        });
  }

  private static ListOrdersResponse messageOf(
      Page<dev.orderflow.queryside.ordering.model.Order> page) {
    var response = ListOrdersResponse.newBuilder();
    page.items().forEach(order -> response.addOrders(OrderMessages.write(order)));
    if (page.nextToken() != null) {
      response.setNextPageToken(page.nextToken());
    }
    return response.build();
  }

  private static WatchOrderResponse messageOf(dev.orderflow.queryside.ordering.model.Order state) {
    return WatchOrderResponse.newBuilder().setOrder(OrderMessages.write(state)).build();
  }
}
