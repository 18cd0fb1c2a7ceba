package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the contact data of orders until they are erased. */
public interface ContactStore {
  /** Keeps them, in the transaction of the orders. */
  void save(List<GivenContact> contacts);

  /** The contacts of orders; those that were not given, or were erased, are missing. */
  Map<OrderId, OrderContact> find(Collection<OrderId> orderIds);

  /**
   * Some of the contacts that a user has given, in the order of their orders' ids.
   *
   * @param last the order whose contact was the last of those before; null to begin
   * @param most how many
   */
  List<GivenContact> of(UserId userId, @Nullable OrderId last, int most);

  /** Erases all contact data of a user. */
  void erase(UserId userId);

  /** A contact that came with an order. Its text form shows nothing of it. */
  record GivenContact(OrderId orderId, OrderContact contact) {}

  /** Whose contact it is. Its text form shows nothing of it. */
  record OrderContact(UserId userId, Contact contact) {}
}
