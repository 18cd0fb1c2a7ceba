package dev.orderflow.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.security.IdentityProperties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class DemoAutoConfigurationTest {
  private final WebApplicationContextRunner service =
      new WebApplicationContextRunner()
          .withUserConfiguration(Identity.class)
          .withConfiguration(AutoConfigurations.of(DemoAutoConfiguration.class))
          .withPropertyValues(
              "orderflow.identity.issuer=http://127.0.0.1",
              "orderflow.identity.public-key=file:public-key.pem");

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(IdentityProperties.class)
  static class Identity {}

  @Test
  void an_instance_can_be_stopped_only_where_the_demo_mode_is_enabled() {
    service.run(context -> assertThat(context).doesNotHaveBean(HaltController.class));
    service
        .withPropertyValues("orderflow.demo.enabled=true")
        .run(context -> assertThat(context).hasSingleBean(HaltController.class));
  }

  @Test
  void with_an_issuer_of_production_it_does_not_start_and_says_what_to_do() {
    service
        .withPropertyValues(
            "orderflow.demo.enabled=true", "orderflow.identity.issuer-uri=https://issuer.example")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("orderflow.demo.enabled")
                .hasMessageContaining("orderflow.identity.issuer-uri")
                .hasMessageContaining("--no-demo-mode"));
  }
}
