package dev.orderflow.queryside.catalog.grpc;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.BatchGetProductsResponse;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ListProductsResponse;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionResponse;
import dev.orderflow.queryside.catalog.application.PriceCheck;
import dev.orderflow.queryside.catalog.application.ProductList;
import dev.orderflow.queryside.catalog.application.ProductReader;
import dev.orderflow.queryside.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

/** {@code orderflow.catalog.v1.ProductService}. */
@GrpcService
class ProductGrpcService extends ProductServiceGrpc.ProductServiceImplBase {
  private final ProductReader products;
  private final ProductList list;
  private final PriceCheck prices;

  ProductGrpcService(ProductReader products, ProductList list, PriceCheck prices) {
    this.products = products;
    this.list = list;
    this.prices = prices;
  }

  @Override
  public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
    UnaryCall.answer(
        answer,
        () ->
            products
                .find(new ProductId(request.getProductId()))
                .map(ProductMessages::of)
                .orElseThrow(() ->
                    new NotFoundException(
                        ErrorCode.PRODUCT_NOT_FOUND, "There is no such product.")));
  }

  @Override
  public void batchGetProducts(
      BatchGetProductsRequest request, StreamObserver<BatchGetProductsResponse> answer) {
    UnaryCall.answer(
        answer,
        () -> {
          var ids = ProductRequests.idsOf(request);
          var found = products.findAll(ids);
          var response = BatchGetProductsResponse.newBuilder();
          for (var id : ids) {
            var product = found.get(id);
            if (product == null) {
              response.addMissingProductIds(id.value());
            } else {
              response.addProducts(ProductMessages.of(product));
            }
          }
          return response.build();
        });
  }

  @Override
  public void listProducts(
      ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
    UnaryCall.answer(
        answer,
        () -> {
          var page = list.page(new PageRequest(request.getPageSize(), request.getPageToken()));
          var response = ListProductsResponse.newBuilder();
          page.items().forEach(product -> response.addProducts(ProductMessages.of(product)));
          if (page.nextToken() != null) {
            response.setNextPageToken(page.nextToken());
          }
          return response.build();
        });
  }

  @Override
  public void validatePriceWithVersion(
      ValidatePriceWithVersionRequest request,
      StreamObserver<ValidatePriceWithVersionResponse> answer) {
    UnaryCall.answer(
        answer,
        () -> {
          var quotes = ProductRequests.quotesOf(request);
          var verdicts = prices.judge(quotes);
          var response = ValidatePriceWithVersionResponse.newBuilder();
          for (var i = 0; i < quotes.size(); i++) {
            response.addResults(ProductMessages.of(quotes.get(i), verdicts.get(i)));
          }
          return response.build();
        });
  }
}
