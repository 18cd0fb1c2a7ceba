package dev.orderflow.commandside.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class InventoryPropertiesTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(InventoryProperties.class)
  static class Settings {}

  @Test
  void a_reservation_without_an_order_holds_for_a_quarter_of_an_hour_unless_set() {
    context.run(started ->
        assertThat(started.getBean(InventoryProperties.class).reservationTtl())
            .isEqualTo(Duration.ofMinutes(15)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "24h"})
  void it_may_hold_for_a_second_up_to_a_day(String ttl) {
    context
        .withPropertyValues("orderflow.inventory.reservation-ttl=" + ttl)
        .run(started -> assertThat(started).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"999ms", "0s", "-1s", "86401s"})
  void an_instance_with_any_other_time_does_not_start(String ttl) {
    context
        .withPropertyValues("orderflow.inventory.reservation-ttl=" + ttl)
        .run(started ->
            assertThat(started).getFailure().rootCause().hasMessageContaining("reservationTtl"));
  }
}
