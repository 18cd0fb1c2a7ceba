package dev.orderflow.bench;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.Result;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.queryside.testing.Events;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GetProduct} from L1 of the query side as it runs in production, against a bare server that
 * answers the same message: both in this JVM, with the same client, in turns.
 */
final class GetProductBenchmark {
  private static final double AIM = 0.9;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final int ROUNDS = 15;
  private static final String PRODUCT = "BENCH-1";

  private GetProductBenchmark() {}

  static List<Result> run() throws Exception {
    var querySide = RunningQuerySide.shared();
    querySide.publisher().publish(Events.created(PRODUCT, 0), Events.received(PRODUCT, 0, 1_000));
    querySide.awaitVersion(PRODUCT, 2);
    var product =
        ProductServiceGrpc.newBlockingStub(querySide.channel())
            .getProduct(GetProductRequest.newBuilder().setProductId(PRODUCT).build());
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(directExecutor())
            .addService(new Echo(product))
            .build()
            .start();
    var channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    try {
      var ours = new GrpcLoad(querySide.channel(), PRODUCT);
      var bare = new GrpcLoad(channel, PRODUCT);
      ours.perSecond(WARM_UP);
      bare.perSecond(WARM_UP);
      var ratios = new ArrayList<Double>();
      for (var round = 0; round < ROUNDS; round++) {
        // The one that is first in a round is second in the next.
        if (round % 2 == 0) {
          var first = ours.perSecond(ROUND);
          ratios.add(first / bare.perSecond(ROUND));
        } else {
          var first = bare.perSecond(ROUND);
          ratios.add(ours.perSecond(ROUND) / first);
        }
      }
      return List.of(
          Result.ratio(
              "`GetProduct` from L1, calls per second, of those of a bare gRPC server that answers the"
                  + " same "
                  + product.getSerializedSize()
                  + " bytes",
              AIM,
              new Figures(ratios)));
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static final class Echo extends ProductServiceGrpc.ProductServiceImplBase {
    private final Product product;

    Echo(Product product) {
      this.product = product;
    }

    @Override
    public void getProduct(GetProductRequest request, StreamObserver<Product> answer) {
      answer.onNext(product);
      answer.onCompleted();
    }
  }
}
