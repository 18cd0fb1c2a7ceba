package dev.orderflow.platform.ratelimit;

import io.grpc.ServerInterceptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.GrpcSecurity;

/** Where there is a gRPC server, bounds on its callers need to know where a call comes from. */
@AutoConfiguration
@ConditionalOnClass(GlobalServerInterceptor.class)
public class GrpcCallerAddressAutoConfiguration {
  /** Before the calls are counted. */
  @Bean
  @GlobalServerInterceptor
  @Order(GrpcSecurity.CONTEXT_FILTER_ORDER)
  ServerInterceptor grpcCallerAddress(TrustedProxies proxies) {
    return new GrpcCallerAddress(proxies);
  }
}
