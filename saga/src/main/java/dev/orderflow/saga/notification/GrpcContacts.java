package dev.orderflow.saga.notification;

import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc;
import dev.orderflow.proto.ordering.v1.GetContactRequest;
import dev.orderflow.saga.commandside.CommandSide;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
final class GrpcContacts implements Contacts {
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
              unlessEmpty(contact.getAddress()),
              unlessEmpty(contact.getLocale())));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static @Nullable String unlessEmpty(String value) {
    return value.isEmpty() ? null : value;
  }
}
