package dev.orderflow.commandside.inventory.grpc;

import static dev.orderflow.commandside.inventory.grpc.StockMessages.levels;

import com.google.protobuf.Timestamp;
import dev.orderflow.commandside.inventory.application.StockService;
import dev.orderflow.commandside.inventory.model.ReservedStock;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.inventory.v1.CommitStockRequest;
import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.orderflow.proto.inventory.v1.ReceiveStockRequest;
import dev.orderflow.proto.inventory.v1.ReleaseStockRequest;
import dev.orderflow.proto.inventory.v1.ReserveStockRequest;
import dev.orderflow.proto.inventory.v1.ReserveStockResponse;
import dev.orderflow.proto.inventory.v1.StockLevels;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class InventoryGrpcService extends InventoryServiceImplBase {
  private final StockService stock;

  InventoryGrpcService(StockService stock) {
    this.stock = stock;
  }

  @Override
  public void receiveStock(ReceiveStockRequest request, StreamObserver<StockLevels> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          var received =
              stock.receive(
                  request.getProductId(),
                  request.getQuantity(),
                  request.hasIdempotencyKey() ? request.getIdempotencyKey() : null);
          return levels(request.getProductId(), received.levels()).toBuilder()
              .setReplayed(received.replayed())
              .build();
        });
  }

  @Override
  public void reserveStock(
      ReserveStockRequest request, StreamObserver<ReserveStockResponse> observer) {
    UnaryCall.answer(
        observer,
        () ->
            response(
                request.getProductId(),
                stock.reserve(
                    request.getProductId(), request.getQuantity(), request.getReservationId())));
  }

  @Override
  public void commitStock(CommitStockRequest request, StreamObserver<StockLevels> observer) {
    UnaryCall.answer(
        observer,
        () ->
            levels(
                request.getProductId(),
                stock.commit(request.getProductId(), request.getReservationId())));
  }

  @Override
  public void releaseStock(ReleaseStockRequest request, StreamObserver<StockLevels> observer) {
    UnaryCall.answer(
        observer,
        () ->
            levels(
                request.getProductId(),
                stock.release(request.getProductId(), request.getReservationId())));
  }

  @Override
  public void getStock(GetStockRequest request, StreamObserver<StockLevels> observer) {
    UnaryCall.answer(
        observer, () -> levels(request.getProductId(), stock.levels(request.getProductId())));
  }

  private static ReserveStockResponse response(String productId, ReservedStock reserved) {
    var expiresAt = Objects.requireNonNull(reserved.expiresAt(), "made without an order");
    return ReserveStockResponse.newBuilder()
        .setReservationId(reserved.reservationId().value())
        .setExpiresAt(
            Timestamp.newBuilder()
                .setSeconds(expiresAt.getEpochSecond())
                .setNanos(expiresAt.getNano()))
        .setLevels(levels(productId, reserved.levels()))
        .build();
  }
}
