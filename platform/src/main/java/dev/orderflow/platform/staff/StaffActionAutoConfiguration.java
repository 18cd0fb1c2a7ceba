package dev.orderflow.platform.staff;

import io.grpc.ServerInterceptor;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.security.GrpcSecurity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps what staff do in every service that has a database. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnBean(JdbcClient.class)
@EnableConfigurationProperties(StaffActionProperties.class)
@Import({StaffActionController.class, GatewayActionController.class})
public class StaffActionAutoConfiguration {
  private static final int AFTER_BOUNDS = 3;

  @Bean
  StaffActions staffActions(
      JdbcClient jdbc,
      @Value("${spring.application.name}") String service,
      StaffActionProperties properties,
      Clock clock) {
    return new StaffActions(jdbc, service, properties.keep(), clock);
  }

  /** After the token was checked, which says who calls. */
  @Bean
  FilterRegistrationBean<RecordedRequests> recordedRequests(StaffActions actions) {
    var filter = new FilterRegistrationBean<>(new RecordedRequests(actions));
    filter.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + AFTER_BOUNDS);
    return filter;
  }

  /** Where there is a gRPC server. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(GlobalServerInterceptor.class)
  static class Grpc {
    /** Within what ends late calls, whose timer must not wait for a database. */
    @Bean
    @GlobalServerInterceptor
    @Order(GrpcSecurity.CONTEXT_FILTER_ORDER + AFTER_BOUNDS + 1)
    ServerInterceptor recordedCalls(StaffActions actions) {
      return new RecordedCalls(actions);
    }
  }
}
