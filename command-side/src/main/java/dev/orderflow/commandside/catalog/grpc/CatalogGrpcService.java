package dev.orderflow.commandside.catalog.grpc;

import dev.orderflow.commandside.catalog.application.CatalogService;
import dev.orderflow.commandside.catalog.application.CreateProductRequest;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.platform.grpc.Decimals;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.catalog.v1.ActivateProductRequest;
import dev.orderflow.proto.catalog.v1.CatalogCommandServiceGrpc.CatalogCommandServiceImplBase;
import dev.orderflow.proto.catalog.v1.CatalogProduct;
import dev.orderflow.proto.catalog.v1.ChangePriceRequest;
import dev.orderflow.proto.catalog.v1.DeactivateProductRequest;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CatalogGrpcService extends CatalogCommandServiceImplBase {
  private final CatalogService catalog;

  CatalogGrpcService(CatalogService catalog) {
    this.catalog = catalog;
  }

  @Override
  public void createProduct(
      dev.orderflow.proto.catalog.v1.CreateProductRequest request,
      StreamObserver<CatalogProduct> observer) {
    UnaryCall.answer(
        observer,
        () ->
            product(
                catalog.create(
                    new CreateProductRequest(
                        request.hasProductId() ? request.getProductId() : null,
                        request.getName(),
                        request.getDescription(),
                        Decimals.readOrNull("price", request.getPrice()),
                        request.getCurrency()))));
  }

  @Override
  public void changePrice(ChangePriceRequest request, StreamObserver<CatalogProduct> observer) {
    UnaryCall.answer(
        observer,
        () ->
            product(
                catalog.changePrice(
                    request.getProductId(),
                    Decimals.readOrNull("price", request.getPrice()),
                    request.hasIfPriceVersion() ? request.getIfPriceVersion() : null)));
  }

  @Override
  public void activateProduct(
      ActivateProductRequest request, StreamObserver<CatalogProduct> observer) {
    UnaryCall.answer(observer, () -> product(catalog.activate(request.getProductId())));
  }

  @Override
  public void deactivateProduct(
      DeactivateProductRequest request, StreamObserver<CatalogProduct> observer) {
    UnaryCall.answer(observer, () -> product(catalog.deactivate(request.getProductId())));
  }

  private static CatalogProduct product(ProductState state) {
    return CatalogProduct.newBuilder()
        .setProductId(state.productId().value())
        .setName(state.name())
        .setDescription(state.description())
        .setPrice(state.price().amount().toPlainString())
        .setCurrency(state.price().currency().getCurrencyCode())
        .setPriceVersion(state.priceVersion())
        .setActive(state.active())
        .build();
  }
}
