package dev.orderflow.commandside.inventory.grpc;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.inventory.application.StockService;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.inventory.legacy.InventoryServiceGrpc.InventoryServiceImplBase;
import dev.orderflow.proto.inventory.legacy.StockRequest;
import dev.orderflow.proto.inventory.legacy.StockResponse;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import org.springframework.grpc.server.service.GrpcService;

/** The check that shops called before there was anything else; a refusal is an answer here. */
@GrpcService
class LegacyInventoryGrpcService extends InventoryServiceImplBase {
  private final StockService stock;

  LegacyInventoryGrpcService(StockService stock) {
    this.stock = stock;
  }

  @Override
  public void checkAndReserveStock(StockRequest request, StreamObserver<StockResponse> observer) {
    UnaryCall.answer(observer, () -> response(request));
  }

  private StockResponse response(StockRequest request) throws Rejection {
    try {
      var reserved = stock.reserve(request.getProductId(), request.getQuantity(), null);
      return StockResponse.newBuilder()
          .setIsAvailable(true)
          .setMessage("Reserved until " + reserved.expiresAt() + ".")
          .setReservationId(reserved.reservationId().value())
          .build();
    } catch (Rejection.InsufficientStock | Rejection.ProductNotFound refusal) {
      return StockResponse.newBuilder()
          .setMessage(Objects.requireNonNullElse(refusal.getMessage(), ""))
          .build();
    }
  }
}
