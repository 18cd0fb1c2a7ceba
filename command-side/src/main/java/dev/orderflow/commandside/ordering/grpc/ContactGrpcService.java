package dev.orderflow.commandside.ordering.grpc;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.commandside.ordering.application.ContactStore.OrderContact;
import dev.orderflow.commandside.ordering.application.OrderService;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc.ContactServiceImplBase;
import dev.orderflow.proto.ordering.v1.GetContactRequest;
import dev.orderflow.proto.ordering.v1.GetContactsRequest;
import dev.orderflow.proto.ordering.v1.GetContactsResponse;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class ContactGrpcService extends ContactServiceImplBase {
  private static final int MOST = 500;

  private final OrderService orders;

  ContactGrpcService(OrderService orders) {
    this.orders = orders;
  }

  @Override
  public void getContact(
      GetContactRequest request,
      StreamObserver<dev.orderflow.proto.ordering.v1.OrderContact> observer) {
    UnaryCall.answer(
        observer, () -> message(request.getOrderId(), orders.contact(request.getOrderId())));
  }

  @Override
  public void getContacts(
      GetContactsRequest request, StreamObserver<GetContactsResponse> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          RequestCheck.requireAtMost(MOST, "orderIds", request.getOrderIdsCount());
          var ids = request.getOrderIdsList().stream().map(OrderId::new).toList();
          var response = GetContactsResponse.newBuilder();
          orders
              .contacts(ids)
              .forEach((id, contact) -> response.addContacts(message(id.value(), contact)));
          return response.build();
        });
  }

  private static dev.orderflow.proto.ordering.v1.OrderContact message(
      String orderId, OrderContact found) {
    var contact = found.contact();
    var message =
        dev.orderflow.proto.ordering.v1.OrderContact.newBuilder()
            .setOrderId(orderId)
            .setUserId(found.userId().value())
            .setName(Objects.requireNonNullElse(contact.name(), ""))
            .setEmail(Objects.requireNonNullElse(contact.email(), ""))
            .setAddress(Objects.requireNonNullElse(contact.address(), ""));
    if (contact.locale() != null) {
      message.setLocale(contact.locale());
    }
    return message.build();
  }
}
