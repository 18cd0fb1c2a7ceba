package dev.orderflow.commandside;

import dev.orderflow.proto.catalog.v1.PriceChanged;
import dev.orderflow.proto.catalog.v1.PriceVerdict;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc.ProductServiceImplBase;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A query side that answers price checks as it is told, or not at all. */
final class FakeQuerySide extends ProductServiceImplBase implements AutoCloseable {
  private static final Function<
          ValidatePriceWithVersionRequest, ValidatePriceWithVersionResponse.Builder>
      SILENCE = _ -> null;

  private final AtomicInteger calls = new AtomicInteger();
  private final Server server;
  private volatile Function<
          ValidatePriceWithVersionRequest, ValidatePriceWithVersionResponse.Builder>
      answer = SILENCE;

  FakeQuerySide() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The setting that makes an instance ask here. */
  String setting() {
    return "--orderflow.grpc.query-side=instances:///127.0.0.1:" + server.getPort();
  }

  /** How many price checks have come so far. */
  int calls() {
    return calls.get();
  }

  /** From now on every item's price is said to be another one. */
  void saysThatThePriceIs(String price, long version) {
    answer =
        request -> {
          var response = ValidatePriceWithVersionResponse.newBuilder();
          for (var item : request.getItemsList()) {
            response.addResults(
                PriceVerdict.newBuilder()
                    .setProductId(item.getProductId())
                    .setChanged(
                        PriceChanged.newBuilder()
                            .setCurrentPrice(price)
                            .setCurrency("VND")
                            .setCurrentVersion(version)));
          }
          return response;
        };
  }

  /** From now on every answer is this one, whatever was asked. */
  void says(ValidatePriceWithVersionResponse.Builder response) {
    answer = _ -> response;
  }

  @Override
  public void validatePriceWithVersion(
      ValidatePriceWithVersionRequest request,
      StreamObserver<ValidatePriceWithVersionResponse> observer) {
    calls.incrementAndGet();
    var response = answer.apply(request);
    if (response != null) {
      observer.onNext(response.build());
      observer.onCompleted();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
