package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StreamPropertiesTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(StreamProperties.class)
  static class Settings {}

  @Test
  void two_thousand_streams_fifty_of_one_caller_are_silent_for_fifteen_seconds_unless_set() {
    context.run(started ->
        assertThat(started.getBean(StreamProperties.class))
            .isEqualTo(new StreamProperties(Duration.ofSeconds(15), 2000, 50)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat=10ms", "max-open=0", "max-per-caller=0"})
  void streams_may_be_restless_or_none(String setting) {
    context
        .withPropertyValues("orderflow.streams." + setting)
        .run(started -> assertThat(started).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeat=9ms, heartbeat",
    "max-open=-1, maxOpen",
    "max-per-caller=-1, maxPerCaller"
  })
  void an_instance_with_any_other_setting_does_not_start(String setting, String field) {
    context
        .withPropertyValues("orderflow.streams." + setting)
        .run(started -> assertThat(started).getFailure().rootCause().hasMessageContaining(field));
  }
}
