package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ConsistencyPropertiesTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(ConsistencyProperties.class)
  static class Settings {}

  @Test
  void a_hundred_reads_wait_for_two_seconds_unless_set() {
    context.run(started ->
        assertThat(started.getBean(ConsistencyProperties.class))
            .isEqualTo(new ConsistencyProperties(Duration.ofSeconds(2), 100)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-wait=0s", "max-wait=5s", "max-waiting=0"})
  void reads_may_wait_up_to_five_seconds_or_not_at_all(String setting) {
    context
        .withPropertyValues("orderflow.consistency." + setting)
        .run(started -> assertThat(started).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-wait=-1ms", "max-wait=5001ms", "max-waiting=-1"})
  void an_instance_with_any_other_setting_does_not_start(String setting) {
    context
        .withPropertyValues("orderflow.consistency." + setting)
        .run(started ->
            assertThat(started).getFailure().rootCause().hasMessageContaining("maxWait"));
  }
}
