package dev.orderflow.queryside.catalog.grpc;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import dev.orderflow.platform.ratelimit.RateLimit;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.netty.NettyServerBuilder;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Answers reads that never block on the transport's own threads: what is in memory goes out without
 * a change of threads. All other calls get a virtual thread each.
 */
@Configuration(proxyBeanMethods = false)
class ProductCallThreads {
  private static final Set<String> NEVER_BLOCK =
      Set.of(
          ProductServiceGrpc.getGetProductMethod().getFullMethodName(),
          ProductServiceGrpc.getBatchGetProductsMethod().getFullMethodName());
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Bean
  ServerBuilderCustomizer<NettyServerBuilder> transportThreads(
      GrpcServerExecutorProvider threads, ObjectProvider<RateLimit> rateLimit) {
    var virtualThreads = threads.getExecutor();
    // Counting a call waits for Redis.
    var limited = rateLimit.getIfAvailable() != null;
    return server ->
        server
            .executor(directExecutor())
            .callExecutor(
                new ServerCallExecutorSupplier() {
                  @Override
                  public <ReqT, RespT> @Nullable Executor getExecutor(
                      ServerCall<ReqT, RespT> call, Metadata headers) {
                    return !limited && neverBlocks(call, headers) ? null : virtualThreads;
                  }
                });
  }

  /** Checking a token may block, to fetch the issuer's keys. */
  private static boolean neverBlocks(ServerCall<?, ?> call, Metadata headers) {
    return NEVER_BLOCK.contains(call.getMethodDescriptor().getFullMethodName())
        && !headers.containsKey(AUTHORIZATION);
  }
}
