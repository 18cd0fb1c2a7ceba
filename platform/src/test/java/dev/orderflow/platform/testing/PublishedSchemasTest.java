package dev.orderflow.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

class PublishedSchemasTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void the_description_of_the_events_can_be_read_by_all() throws IOException {
    Object description = new Yaml().load(Files.readString(Path.of("../docs/asyncapi.yaml")));

    assertThat(PublishedSchemas.faults(JSON.valueToTree(description))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(?:[!-~]{1,128}_[0-9]{14})$", "^ORD-[A-Z]*|(a|b)+?$", "\"?\\.x{2,}"})
  void what_all_engines_know_is_common(String pattern) {
    assertThat(PublishedSchemas.isCommon(pattern)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?<user>a)",
        "(?P<user>a)",
        "(?=a)",
        "(?i)a",
        "\\d",
        "[\\w]",
        "(a)\\1",
        "a++",
        "a{1,1001}",
        "\\p{L}",
        "[a-z&&[^b]]",
        "\\bword"
      })
  void what_some_engines_do_not_know_is_not(String pattern) {
    assertThat(PublishedSchemas.isCommon(pattern)).isFalse();
  }

  @Test
  void a_number_needs_a_width() {
    assertThat(
            PublishedSchemas.faults(JSON.readTree("{\"a\": {\"type\": [\"number\", \"null\"]}}")))
        .containsExactly("/a: a number without a format");
  }
}
