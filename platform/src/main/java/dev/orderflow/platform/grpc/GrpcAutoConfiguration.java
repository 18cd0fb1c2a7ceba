package dev.orderflow.platform.grpc;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.exception.GrpcExceptionHandler;
import org.springframework.grpc.server.service.GrpcServiceConfigurer;

/**
 * gRPC servers of ours: virtual threads, errors as the error catalogue says, and what clients of
 * any age expect of health and reflection.
 */
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
    return FailedCall::statusOf;
  }

  /**
   * Counts and times every call, also those that are not observed. Within the observation of those
   * that are, so that what is timed names its trace; around what makes a status of a failure, which
   * has the same order and comes later since its configuration does.
   */
  @Bean
  @GlobalServerInterceptor
  @Order(1)
  ServerInterceptor callMetrics(MeterRegistry meters) {
    return new MetricCollectingServerInterceptor(meters);
  }

  /** The calls that are observed would be timed twice. */
  @Bean
  MeterFilter callsAreTimedOnce() {
    return MeterFilter.deny(meter -> meter.getName().equals("grpc.server"));
  }

  @Bean
  GrpcServiceConfigurer checkedServices(ApplicationContext context) {
    return new CheckedServiceConfigurer(context);
  }

  /** Under the name that most clients still ask for. */
  @Bean
  @SuppressWarnings("deprecation") // It is the only one that serves it.
  BindableService reflectionV1Alpha() {
    return ProtoReflectionService.newInstance();
  }

  /** Each service by its name, as the health protocol has it: all serve as long as the server. */
  @Bean
  SmartInitializingSingleton healthOfEachService(
      ObjectProvider<HealthStatusManager> health, ObjectProvider<BindableService> services) {
    return () ->
        services.stream()
            .map(service -> service.bindService().getServiceDescriptor().getName())
            .forEach(name ->
                health.ifAvailable(manager -> manager.setStatus(name, ServingStatus.SERVING)));
  }
}
