package dev.orderflow.saga.ordering;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.saga.commandside.CommandRefusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command side has refused a command, because the record on which the saga acted is not true.
 * Stays inside this service.
 *
 * @param exists whether there is such an order
 */
record CommandRefused(OrderId orderId, boolean exists, Instant timestamp) implements DomainEvent {
  /**
   * What the saga hears of a failed command. Empty when the failure says nothing about the record;
   * or when the command follows another one that has ended the order, whose event is still to come.
   */
  static Optional<CommandRefused> of(Object command, StatusRuntimeException cause, Instant now) {
    return CommandRefusal.isOfState(cause)
        ? Optional.ofNullable(orderOf(command))
            .map(order ->
                new CommandRefused(
                    order, cause.getStatus().getCode() != Status.Code.NOT_FOUND, now))
        : Optional.empty();
  }

  private static @Nullable OrderId orderOf(Object command) {
    return switch (command) {
      case RequestPayment request -> request.orderId();
      case OrderCommand end -> end.orderId();
      default -> null;
    };
  }
}
