package dev.orderflow.saga.notification;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import java.util.Collection;
import java.util.Map;

/** Where customers can be reached, as far as they have said and not taken back. */
interface Contacts {
  /** Those that were not given, or were erased, are missing. Keep no copy. */
  Map<OrderId, Contact> of(Collection<OrderId> orders);
}
