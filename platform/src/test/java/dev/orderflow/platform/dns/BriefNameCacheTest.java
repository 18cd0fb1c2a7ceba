package dev.orderflow.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

class BriefNameCacheTest {
  @Configuration(proxyBeanMethods = false)
  static class Service {}

  @Test
  void every_service_has_the_jvm_and_grpc_look_names_up_anew_after_a_second() {
    try (var _ = new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE).run()) {
      assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("1");
      assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("1");
      assertThat(System.getProperty("networkaddress.cache.ttl")).isEqualTo("1");
    }
  }
}
