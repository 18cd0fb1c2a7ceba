package dev.orderflow.proto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.proto.catalog.v1.CatalogCommandServiceGrpc;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.command.v1.CommandServiceGrpc;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import dev.orderflow.proto.ordering.v1.ContactServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of services and methods are fixed: they are what clients call. */
class ServicesTest {

  @Test
  void every_unary_method_is_there_under_its_published_name() {
    assertThat(methods(MethodType.UNARY))
        .containsExactlyInAnyOrder(
            "orderflow.catalog.v1.ProductService/GetProduct",
            "orderflow.catalog.v1.ProductService/BatchGetProducts",
            "orderflow.catalog.v1.ProductService/ListProducts",
            "orderflow.catalog.v1.ProductService/ValidatePriceWithVersion",
            "orderflow.catalog.v1.CatalogCommandService/CreateProduct",
            "orderflow.catalog.v1.CatalogCommandService/ChangePrice",
            "orderflow.catalog.v1.CatalogCommandService/ActivateProduct",
            "orderflow.catalog.v1.CatalogCommandService/DeactivateProduct",
            "orderflow.inventory.v1.InventoryService/ReceiveStock",
            "orderflow.inventory.v1.InventoryService/ReserveStock",
            "orderflow.inventory.v1.InventoryService/CommitStock",
            "orderflow.inventory.v1.InventoryService/ReleaseStock",
            "orderflow.inventory.v1.InventoryService/GetStock",
            "orderflow.ordering.v1.OrderService/PlaceOrder",
            "orderflow.ordering.v1.OrderService/ConfirmOrder",
            "orderflow.ordering.v1.OrderService/CancelOrder",
            "orderflow.ordering.v1.OrderService/GetOrder",
            "orderflow.ordering.v1.OrderQueryService/GetOrder",
            "orderflow.ordering.v1.OrderQueryService/ListOrders",
            "orderflow.ordering.v1.OrderQueryService/ListAllOrders",
            "orderflow.ordering.v1.ContactService/GetContact",
            "orderflow.ordering.v1.ContactService/GetContacts",
            "orderflow.payment.v1.PaymentService/RequestPayment",
            "orderflow.payment.v1.PaymentService/CompletePayment",
            "orderflow.payment.v1.PaymentService/RequestRefund",
            "orderflow.payment.v1.PaymentService/CompleteRefund",
            "orderflow.payment.v1.PaymentService/GetPayment",
            "orderflow.payment.v1.PaymentService/GetPayments",
            "orderflow.command.v1.CommandService/Execute");
  }

  @Test
  void watching_is_streamed_by_the_server() {
    assertThat(methods(MethodType.SERVER_STREAMING))
        .containsExactlyInAnyOrder(
            "orderflow.catalog.v1.ProductService/WatchProduct",
            "orderflow.ordering.v1.OrderQueryService/WatchOrder");
  }

  private static Stream<String> methods(MethodType type) {
    return Stream.of(
            ProductServiceGrpc.getServiceDescriptor(),
            CatalogCommandServiceGrpc.getServiceDescriptor(),
            InventoryServiceGrpc.getServiceDescriptor(),
            OrderServiceGrpc.getServiceDescriptor(),
            OrderQueryServiceGrpc.getServiceDescriptor(),
            ContactServiceGrpc.getServiceDescriptor(),
            PaymentServiceGrpc.getServiceDescriptor(),
            CommandServiceGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(methods -> methods.stream())
        .filter(method -> method.getType() == type)
        .map(MethodDescriptor::getFullMethodName);
  }
}
