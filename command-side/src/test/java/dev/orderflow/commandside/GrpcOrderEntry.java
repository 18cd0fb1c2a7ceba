package dev.orderflow.commandside;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.orderflow.proto.catalog.v1.PriceChange;
import dev.orderflow.proto.inventory.v1.CommitStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.math.BigDecimal;
import org.springframework.grpc.client.interceptor.security.BearerTokenAuthenticationInterceptor;

/** Orders over gRPC; commits the stock of what it placed, as the saga does. */
final class GrpcOrderEntry implements OrderEntry {
  private final ManagedChannel channel;
  private final String product;
  private final InventoryServiceGrpc.InventoryServiceBlockingStub stock;

  GrpcOrderEntry(Instance instance, String product, String serviceToken) {
    this.channel = instance.channel();
    this.product = product;
    this.stock =
        InventoryServiceGrpc.newBlockingStub(channel)
            .withInterceptors(new BearerTokenAuthenticationInterceptor(serviceToken));
  }

  @Override
  public Outcome order(String token, String key, Outcome.PriceIs price) {
    try {
      var placed =
          OrderServiceGrpc.newBlockingStub(channel)
              .withInterceptors(new BearerTokenAuthenticationInterceptor(token))
              .placeOrder(
                  PlaceOrderRequest.newBuilder()
                      .setVersion(key)
                      .addItems(
                          PlaceOrderItem.newBuilder()
                              .setProductId(product)
                              .setQuantity(1)
                              .setExpectedPrice(price.price().toPlainString())
                              .setPriceVersion(price.version()))
                      .build());
      var orderId = placed.getOrder().getOrderId();
      commit(orderId);
      return new Outcome.Placed(orderId);
    } catch (StatusRuntimeException e) {
      return refused(e);
    }
  }

  private void commit(String orderId) {
    stock.commitStock(
        CommitStockRequest.newBuilder().setProductId(product).setReservationId(orderId).build());
  }

  private static Outcome refused(StatusRuntimeException error) {
    return switch (detail(error, ErrorInfo.class).getReason()) {
      case "PRICE_CHANGED" -> {
        var change = detail(error, PriceChange.class);
        yield new Outcome.PriceIs(
            new BigDecimal(change.getCurrentPrice()), change.getCurrentVersion());
      }
      case "INSUFFICIENT_STOCK" -> new Outcome.SoldOut();
      case "IDEMPOTENCY_KEY_REUSED" -> new Outcome.KeyTaken();
      case "UNAVAILABLE", "RATE_LIMITED" -> new Outcome.TryAgain();
      default -> new Outcome.Unexpected(error.toString());
    };
  }

  private static <T extends Message> T detail(StatusRuntimeException error, Class<T> type) {
    try {
      for (var detail : StatusProto.fromThrowable(error).getDetailsList()) {
        if (detail.is(type)) {
          return detail.unpack(type);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + error);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
