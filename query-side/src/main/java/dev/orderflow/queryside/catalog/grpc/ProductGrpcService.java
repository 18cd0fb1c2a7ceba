package dev.orderflow.queryside.catalog.grpc;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.grpc.ServerStream;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.ratelimit.GrpcCallerAddress;
import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.BatchGetProductsResponse;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ListProductsResponse;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionResponse;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import dev.orderflow.proto.catalog.v1.WatchProductResponse;
import dev.orderflow.queryside.catalog.application.ProductQueries;
import dev.orderflow.queryside.catalog.application.ProductRows;
import dev.orderflow.queryside.catalog.application.ProductWatch;
import dev.orderflow.queryside.catalog.model.ProductSearch;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.grpc.server.service.GrpcService;

/** {@code orderflow.catalog.v1.ProductService}. */
@GrpcService
class ProductGrpcService extends ProductServiceGrpc.ProductServiceImplBase {
  private final ProductQueries products;
  private final ProductRows view;
  private final ProductWatch watch;

  ProductGrpcService(ProductQueries products, ProductRows view, ProductWatch watch) {
    this.products = products;
    this.view = view;
    this.watch = watch;
  }

  @Override
  public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
    UnaryCall.answerWhenDone(
        answer, () -> find(request.getProductId()).thenApply(ProductMessages::of));
  }

  @Override
  public void batchGetProducts(
      BatchGetProductsRequest request, StreamObserver<BatchGetProductsResponse> answer) {
    UnaryCall.answerWhenDone(
        answer,
        () -> {
          var ids = ProductRequests.idsOf(request);
          return products.findAll(ids).thenApply(found -> ProductMessages.of(ids, found));
        });
  }

  @Override
  public void listProducts(
      ListProductsRequest request, StreamObserver<ListProductsResponse> answer) {
    UnaryCall.answer(
        answer,
        () -> {
          var search = new ProductSearch(request.getQ());
          var page =
              products.page(
                  search,
                  new PageRequest(request.getPageSize(), request.getPageToken(), search.text()),
                  List.of());
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
          var verdicts = view.judge(quotes);
          var response = ValidatePriceWithVersionResponse.newBuilder();
          for (var i = 0; i < quotes.size(); i++) {
            response.addResults(ProductMessages.of(quotes.get(i), verdicts.get(i)));
          }
          return response.build();
        });
  }

  @Override
  public void watchProduct(
      WatchProductRequest request, StreamObserver<WatchProductResponse> answer) {
    ServerStream.answer(
        answer,
        stream -> {
          var product = find(request.getProductId()).join();
          var states = watch.open(GrpcCallerAddress.account(), product);
          stream.whenGone(states::end);
          return () -> states.tell(state -> stream.send(messageOf(state)));
        });
  }

  private CompletableFuture<dev.orderflow.queryside.catalog.model.Product> find(String productId) {
    return products
        .find(new ProductId(productId))
        .thenApply(found ->
            found.orElseThrow(() ->
                new NotFoundException(ErrorCode.PRODUCT_NOT_FOUND, "There is no such product.")));
  }

  private static WatchProductResponse messageOf(
      dev.orderflow.queryside.catalog.model.Product state) {
    return WatchProductResponse.newBuilder().setProduct(ProductMessages.of(state)).build();
  }
}
