package dev.orderflow.platform.grpc;

import io.grpc.ServerServiceDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.service.DefaultGrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceSpec;

/** Checks what comes in before a service sees it, and after all that is checked of every call. */
final class CheckedServiceConfigurer extends DefaultGrpcServiceConfigurer {
  CheckedServiceConfigurer(ApplicationContext context) {
    super(context);
  }

  @Override
  public ServerServiceDefinition configure(
      GrpcServiceSpec service, @Nullable GrpcServerFactory server) {
    return super.configure(
        new GrpcServiceSpec(
            () -> CheckedRequests.of(service.service().bindService()), service.serviceInfo()),
        server);
  }
}
