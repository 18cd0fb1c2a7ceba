package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CachePropertiesTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(CacheProperties.class)
  private static final class Settings {}

  @Test
  void the_defaults_are_valid() {
    context.run(started -> assertThat(started).hasSingleBean(CacheProperties.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loads=0",
        "patience=-1s",
        "patience=1m",
        "local.size=0",
        "local.expiry=0s",
        "local.expiry=1001ms",
        "shared.timeout=0s",
        "shared.expiry=0s",
        "shared.expiry=11s"
      })
  void what_would_break_the_promise_is_refused_at_the_start(String setting) {
    context
        .withPropertyValues("orderflow.cache." + setting)
        .run(started -> assertThat(started).hasFailed());
  }
}
