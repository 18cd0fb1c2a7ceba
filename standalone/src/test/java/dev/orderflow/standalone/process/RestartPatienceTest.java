package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPatienceTest {
  @Test
  void it_is_some_seconds_unless_it_is_set() {
    assertThat(RestartPatience.of(null)).isEqualTo(Duration.ofSeconds(15));
    assertThat(RestartPatience.of("60s")).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9s", "60", "1m", "-20s", "soon"})
  void what_is_no_time_or_too_short_for_a_busy_machine_is_refused_with_the_remedy(String value) {
    assertThatExceptionOfType(StartFailedException.class)
        .isThrownBy(() -> RestartPatience.of(value))
        .withMessageContaining("ORDERFLOW_RESTART_PATIENCE")
        .withMessageContaining("as in 30s")
        .withMessageContaining(value);
  }
}
