package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.UserId;
import java.util.Optional;

/** Keeps the contact data of orders until they are erased. */
public interface ContactStore {
  /** Keeps it, in the transaction of the order. */
  void save(OrderId orderId, UserId userId, Contact contact);

  /** The contact of an order; empty when none was given, or it was erased. */
  Optional<OrderContact> find(OrderId orderId);

  /** Erases all contact data of a user. */
  void erase(UserId userId);

  /** Whose contact it is. Its text form shows nothing of it. */
  record OrderContact(UserId userId, Contact contact) {}
}
