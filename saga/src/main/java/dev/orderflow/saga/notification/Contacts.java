package dev.orderflow.saga.notification;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc;
import dev.orderflow.proto.ordering.v1.GetContactsRequest;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.saga.commandside.CommandSideConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where customers can be reached, as far as they have said and not taken back. */
@Component
final class Contacts {
  private static final Logger LOG = LoggerFactory.getLogger(Contacts.class);

  private final CommandSideConnection commandSide;

  Contacts(CommandSideConnection commandSide) {
    this.commandSide = commandSide;
  }

  /** Those that were not given, or were erased, are missing. Keep no copy. */
  Map<OrderId, Contact> of(Collection<OrderId> orders) {
    var contacts = new HashMap<OrderId, Contact>();
    commandSide
        .within3Seconds(ContactServiceGrpc::newBlockingStub)
        .getContacts(
            GetContactsRequest.newBuilder()
                .addAllOrderIds(orders.stream().map(OrderId::value).toList())
                .build())
        .getContactsList()
        .forEach(contact -> {
          try {
            contacts.put(new OrderId(contact.getOrderId()), read(contact));
          } catch (InvalidValueException _) {
            LOG.warn("The contact of {} cannot be read, so it gets no mails", contact.getOrderId());
          }
        });
    return contacts;
  }

  /** Without the postal address; no mail needs it. */
  private static Contact read(OrderContact contact) {
    return new Contact(
        unlessEmpty(contact.getName()),
        unlessEmpty(contact.getEmail()),
        null,
        unlessEmpty(contact.getLocale()));
  }

  private static @Nullable String unlessEmpty(String value) {
    return value.isEmpty() ? null : value;
  }
}
