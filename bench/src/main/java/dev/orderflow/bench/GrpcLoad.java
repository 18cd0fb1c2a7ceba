package dev.orderflow.bench;

import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc.ProductServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Asks for one product over one connection, with a fixed number of calls under way. */
final class GrpcLoad {
  private static final int UNDER_WAY = 64;

  private final ProductServiceStub products;
  private final GetProductRequest request;

  GrpcLoad(ManagedChannel channel, String productId) {
    products = ProductServiceGrpc.newStub(channel);
    request = GetProductRequest.newBuilder().setProductId(productId).build();
  }

  /** Calls per second; fails when one of them fails. */
  double perSecond(Duration length) throws InterruptedException {
    var answered = new LongAdder();
    var failure = new AtomicReference<@Nullable Throwable>();
    var ended = new CountDownLatch(UNDER_WAY);
    var begun = System.nanoTime();
    var end = begun + length.toNanos();
    for (var i = 0; i < UNDER_WAY; i++) {
      products.getProduct(request, new Caller(answered, failure, ended, end));
    }
    ended.await();
    var error = failure.get();
    if (error != null) {
      throw new IllegalStateException("a call failed", error);
    }
    return answered.sum() * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun);
  }

  /** Calls again when it is answered, until the end. */
  private final class Caller implements StreamObserver<Product> {
    private final LongAdder answered;
    private final AtomicReference<@Nullable Throwable> failure;
    private final CountDownLatch ended;
    private final long end;

    Caller(
        LongAdder answered,
        AtomicReference<@Nullable Throwable> failure,
        CountDownLatch ended,
        long end) {
      this.answered = answered;
      this.failure = failure;
      this.ended = ended;
      this.end = end;
    }

    @Override
    public void onNext(Product product) {
      answered.increment();
    }

    @Override
    public void onError(Throwable error) {
      failure.set(error);
      ended.countDown();
    }

    @Override
    public void onCompleted() {
      if (System.nanoTime() < end) {
        products.getProduct(request, this);
      } else {
        ended.countDown();
      }
    }
  }
}
