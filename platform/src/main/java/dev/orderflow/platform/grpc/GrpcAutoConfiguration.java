package dev.orderflow.platform.grpc;

import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.GrpcFailures;
import io.grpc.BindableService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.exception.GrpcExceptionHandler;

/** gRPC servers of ours: virtual threads, and errors as the error catalogue says. */
@AutoConfiguration(before = GrpcServerAutoConfiguration.class)
@ConditionalOnClass({BindableService.class, GrpcServerExecutorProvider.class})
public class GrpcAutoConfiguration {
  @Bean
  GrpcServerExecutorProvider virtualThreads() {
    return () -> Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  GrpcExceptionHandler failures() {
    return error -> GrpcFailures.statusOf(Failure.of(error));
  }
}
