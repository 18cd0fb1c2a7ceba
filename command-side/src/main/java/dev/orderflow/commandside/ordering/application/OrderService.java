package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.ordering.model.OrderState;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with orders that are placed. */
@Service
public class OrderService {
  private static final int CONTACTS_AT_ONCE = 500;

  private final CommandGateway commands;
  private final Aggregates aggregates;
  private final OrderStreams ids;
  private final ContactStore contacts;

  OrderService(
      CommandGateway commands, Aggregates aggregates, OrderStreams ids, ContactStore contacts) {
    this.commands = commands;
    this.aggregates = aggregates;
    this.ids = ids;
    this.contacts = contacts;
  }

  /**
   * Confirms an order and sells what it holds; the answer says how it stands, which may be
   * cancelled.
   */
  public OrderState confirm(OrderId orderId) throws Rejection {
    return commands.execute(new ConfirmOrder(orderId), OrderState.class);
  }

  /**
   * Cancels an order and gives back what it holds.
   *
   * @param reason services must say it; a customer's is always their own request, and null is that
   * @throws Rejection when there is no such order of the caller's, or it is too late
   */
  public OrderState cancel(Caller caller, String orderId, @Nullable CancelReason reason)
      throws Rejection {
    return commands.execute(cancellation(caller, orderId, reason), OrderState.class);
  }

  /** The command that {@link #cancel} has decided; throws as it does. */
  public CancelOrder cancellation(Caller caller, String orderId, @Nullable CancelReason reason)
      throws Rejection {
    var isService = caller.has(Scope.SERVICE);
    var check = new RequestCheck();
    if (isService && reason == null) {
      check.violated("reason", "is required of services");
    }
    if (!isService && reason != null && reason != CancelReason.CUSTOMER_REQUEST) {
      check.violated("reason", "must be left out, or CUSTOMER_REQUEST");
    }
    var why =
        check.orThrow(() -> Objects.requireNonNullElse(reason, CancelReason.CUSTOMER_REQUEST));
    return new CancelOrder(isService ? known(orderId) : get(caller, orderId).orderId(), why);
  }

  /**
   * How an order stands right now.
   *
   * @throws Rejection.OrderNotFound also for another customer's order
   */
  public OrderState get(Caller caller, String orderId) throws Rejection {
    return aggregates
        .read(ids.order(known(orderId)), Order::state)
        .filter(order -> caller.maySee(order.userId()))
        .orElseThrow(Rejection.OrderNotFound::new);
  }

  /**
   * The contact of an order.
   *
   * @throws NotFoundException when none was given, or it was erased
   */
  public ContactStore.OrderContact contact(String orderId) throws Rejection {
    return Optional.ofNullable(contacts(List.of(known(orderId))).get(known(orderId)))
        .orElseThrow(() ->
            new NotFoundException(ErrorCode.NOT_FOUND, "There is no contact data of this order."));
  }

  /** The contacts of several orders; those that were not given, or were erased, are missing. */
  public Map<OrderId, ContactStore.OrderContact> contacts(Collection<OrderId> orderIds) {
    return contacts.find(orderIds);
  }

  /**
   * The contacts that a user has given and that were not erased, by the ids of their orders. They
   * are read from the database while they are asked for.
   */
  public Iterator<ContactStore.GivenContact> personalData(Caller caller, UserId userId) {
    caller.requireOwnerOrStaff(userId);
    return Stream.iterate(
            contacts.of(userId, null, CONTACTS_AT_ONCE),
            some -> !some.isEmpty(),
            some -> contacts.of(userId, some.getLast().orderId(), CONTACTS_AT_ONCE))
        .flatMap(List::stream)
        .iterator();
  }

  /** Erases the personal data of a user. Orders stay, without them. */
  public void erasePersonalData(Caller caller, UserId userId) {
    caller.requireOwnerOrStaff(userId);
    contacts.erase(userId);
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
