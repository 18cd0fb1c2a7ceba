package dev.orderflow.commandside.inventory.grpc;

import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.commandside.commands.grpc.CommandMessages;
import dev.orderflow.commandside.inventory.application.StockService;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class StockCommandMessages implements CommandMessages {
  @Override
  public Optional<Object> read(Command message) {
    return Optional.ofNullable(
        switch (message.getCommandCase()) {
          case COMMIT_STOCK ->
              StockService.settlement(
                  message.getCommitStock().getProductId(),
                  message.getCommitStock().getReservationId(),
                  CommitStock::new);
          case RELEASE_STOCK ->
              StockService.settlement(
                  message.getReleaseStock().getProductId(),
                  message.getReleaseStock().getReservationId(),
                  ReleaseStock::new);
          default -> null;
        });
  }

  @Override
  public Optional<Outcome> outcome(Object command, Object answer) {
    return command instanceof InventoryCommand stock && answer instanceof StockLevels levels
        ? Optional.of(
            Outcome.newBuilder()
                .setStock(InventoryGrpcService.levels(stock.productId().value(), levels))
                .build())
        : Optional.empty();
  }
}
