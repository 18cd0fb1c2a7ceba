package dev.orderflow.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTimeTest {
  private static final ObjectMapper JSON = EventJson.mapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-28T10:00:00Z",
        "2024-02-29T23:59:59.999999999Z",
        "1999-12-31T00:00:00.1Z",
        "2026-01-31T10:00:00.123456Z",
        "0001-01-01T00:00:00.000000001Z"
      })
  void what_we_write_is_read_as_the_standard_says(String text) {
    assertThat(UsualTime.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "noon",
        "2026-02-30T10:00:00Z",
        "2026-02-28T24:00:00Z",
        "2026-02-28T10:60:00Z",
        "2026-02-28T10:00:60Z",
        "2026-02-28T10:00:00.Z",
        "2026-02-28T10:00:00.1234567890Z",
        "2026-02-28T10:00:00.12a4Z",
        "2026-02-28T10:00:00,123Z",
        "2026-02-28T10:00:00+07:00",
        "2026-02-28 10:00:00Z",
        "2026-02-28T10:00:0\u0661Z"
      })
  void what_is_of_another_form_is_left_to_others(String text) {
    assertThat(UsualTime.parse(text)).isNull();
  }

  @Test
  void events_may_have_times_of_any_form_of_the_standard() throws Exception {
    assertThat(JSON.readValue("\"2026-02-28T10:00:00.5+07:00\"", Instant.class))
        .isEqualTo(Instant.parse("2026-02-28T03:00:00.5Z"));
    assertThatThrownBy(() -> JSON.readValue("\"2026-02-30T10:00:00Z\"", Instant.class))
        .isInstanceOf(JsonMappingException.class);
  }
}
