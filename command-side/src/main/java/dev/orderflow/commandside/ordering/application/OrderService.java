package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCommand;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.commandside.eventstore.AggregateReader;
import dev.orderflow.commandside.eventstore.Commands;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import java.util.Objects;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with orders that are placed. */
@Service
public class OrderService {
  private final Commands commands;
  private final AggregateReader<Order> orders;
  private final ContactStore contacts;

  OrderService(Commands commands, AggregateReader<Order> orders, ContactStore contacts) {
    this.commands = commands;
    this.orders = orders;
    this.contacts = contacts;
  }

  /** Confirms an order; the answer says how it stands, which may be cancelled. */
  public OrderState confirm(OrderId orderId) throws Rejection {
    return execute(new ConfirmOrder(orderId));
  }

  /**
   * Cancels an order.
   *
   * @param reason services must say it; a customer's is always their own request, and null is that
   * @throws Rejection when there is no such order of the caller's, or it is too late
   */
  public OrderState cancel(Caller caller, String orderId, @Nullable CancelReason reason)
      throws Rejection {
    var check = new RequestCheck();
    if (caller.has(Scope.SERVICE) && reason == null) {
      check.violated("reason", "is required of services");
    }
    if (!caller.has(Scope.SERVICE) && reason != null && reason != CancelReason.CUSTOMER_REQUEST) {
      check.violated("reason", "must be left out, or CUSTOMER_REQUEST");
    }
    var why =
        check.orThrow(() -> Objects.requireNonNullElse(reason, CancelReason.CUSTOMER_REQUEST));
    return execute(new CancelOrder(get(caller, orderId).orderId(), why));
  }

  /**
   * How an order stands right now.
   *
   * @throws Rejection.OrderNotFound also for somebody else's order
   */
  public OrderState get(Caller caller, String orderId) throws Rejection {
    return orders
        .read(Order.streamId(known(orderId)), Order::state)
        .filter(order -> caller.maySee(order.userId()))
        .orElseThrow(Rejection.OrderNotFound::new);
  }

  /**
   * The contact of an order.
   *
   * @throws NotFoundException when none was given, or it was erased
   */
  public ContactStore.OrderContact contact(String orderId) throws Rejection {
    return contacts
        .find(known(orderId))
        .orElseThrow(() ->
            new NotFoundException(ErrorCode.NOT_FOUND, "There is no contact data of this order."));
  }

  /** Erases the personal data of a user. Orders stay, without them. */
  public void erasePersonalData(Caller caller, UserId userId) {
    caller.requireOwnerOrStaff(userId);
    contacts.erase(userId);
  }

  private OrderState execute(OrderCommand command) throws Rejection {
    try {
      return commands.execute(command, OrderState.class);
    } catch (AggregateNotFoundException _) {
      throw new Rejection.OrderNotFound();
    }
  }

  /** An id that cannot be one names no order. */
  private static OrderId known(String orderId) throws Rejection {
    try {
      return new OrderId(orderId);
    } catch (InvalidValueException _) {
      throw new Rejection.OrderNotFound();
    }
  }
}
