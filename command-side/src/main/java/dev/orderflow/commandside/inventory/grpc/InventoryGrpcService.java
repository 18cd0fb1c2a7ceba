package dev.orderflow.commandside.inventory.grpc;

import dev.orderflow.commandside.inventory.application.StockService;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.inventory.v1.CommitStockRequest;
import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.orderflow.proto.inventory.v1.ReceiveStockRequest;
import dev.orderflow.proto.inventory.v1.ReleaseStockRequest;
import dev.orderflow.proto.inventory.v1.StockLevels;
import io.grpc.stub.StreamObserver;
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
        () ->
            levels(
                request.getProductId(),
                stock.receive(request.getProductId(), request.getQuantity())));
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

  private static StockLevels levels(
      String productId, dev.orderflow.api.inventory.StockLevels levels) {
    return StockLevels.newBuilder()
        .setProductId(productId)
        .setAvailable(levels.available())
        .setReserved(levels.reserved())
        .setSold(levels.sold())
        .build();
  }
}
