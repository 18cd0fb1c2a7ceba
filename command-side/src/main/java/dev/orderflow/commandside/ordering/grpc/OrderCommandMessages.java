package dev.orderflow.commandside.ordering.grpc;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.commandside.commands.grpc.CommandMessages;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class OrderCommandMessages implements CommandMessages {
  private final OrderService orders;

  OrderCommandMessages(OrderService orders) {
    this.orders = orders;
  }

  @Override
  public Optional<Object> read(Command message) throws Rejection {
    return switch (message.getCommandCase()) {
      case CONFIRM_ORDER ->
          Optional.of(new ConfirmOrder(new OrderId(message.getConfirmOrder().getOrderId())));
      case CANCEL_ORDER -> {
        var request = message.getCancelOrder();
        yield Optional.of(
            orders.cancellation(
                Caller.current(),
                request.getOrderId(),
                OrderGrpcService.reason(request.getReason())));
      }
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<Outcome> outcome(Object command, Object answer) {
    return answer instanceof OrderState order
        ? Optional.of(Outcome.newBuilder().setOrder(OrderMessages.order(order)).build())
        : Optional.empty();
  }
}
