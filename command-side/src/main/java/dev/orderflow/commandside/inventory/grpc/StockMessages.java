package dev.orderflow.commandside.inventory.grpc;

import dev.orderflow.proto.inventory.v1.StockLevels;

/** Stock as gRPC shows it. */
public final class StockMessages {
  private StockMessages() {}

  /** How the stock of a product stands. */
  public static StockLevels levels(
      String productId, dev.orderflow.api.inventory.StockLevels levels) {
    return StockLevels.newBuilder()
        .setProductId(productId)
        .setAvailable(levels.available())
        .setReserved(levels.reserved())
        .setSold(levels.sold())
        .build();
  }
}
