package dev.orderflow.saga.notification;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import java.util.Optional;

/** Where customers can be reached, as far as they have said and not taken back. */
interface Contacts {
  /** Empty when none was given or it was erased. Keep no copy. */
  Optional<Contact> of(OrderId orderId);
}
