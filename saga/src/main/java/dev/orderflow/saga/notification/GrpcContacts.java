package dev.orderflow.saga.notification;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc;
import dev.orderflow.proto.ordering.v1.GetContactRequest;
import dev.orderflow.saga.commandside.CommandSide;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
final class GrpcContacts implements Contacts {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcContacts.class);

  private final CommandSide commandSide;

  GrpcContacts(CommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Override
  public Optional<Contact> of(OrderId orderId) {
    try {
      var contact =
          commandSide
              .within3Seconds(ContactServiceGrpc::newBlockingStub)
              .getContact(GetContactRequest.newBuilder().setOrderId(orderId.value()).build());
      return Optional.of(
          new Contact(
              unlessEmpty(contact.getName()),
              unlessEmpty(contact.getEmail()),
              // The postal address; no mail needs it.
              null,
              unlessEmpty(contact.getLocale())));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (InvalidValueException _) {
      LOG.warn("The contact of {} cannot be read and counts as none", orderId);
      return Optional.empty();
    }
  }

  private static @Nullable String unlessEmpty(String value) {
    return value.isEmpty() ? null : value;
  }
}
