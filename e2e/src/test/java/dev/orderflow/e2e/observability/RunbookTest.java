package dev.orderflow.e2e.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Each alert names the paragraph of the manual that says what to do. */
class RunbookTest {
  private static final String MANUAL = "docs/operations.md";

  @Test
  void every_alert_names_a_paragraph_that_there_is() throws IOException {
    var paragraphs = paragraphs();

    var rules =
        new YAMLMapper()
            .readTree(Path.of("../deploy/prometheus/rules.yml").toFile())
            .path("groups")
            .valueStream()
            .flatMap(group -> group.path("rules").valueStream())
            .toList();
    assertThat(rules).hasSizeGreaterThan(20);
    assertThat(rules).allSatisfy(rule -> assertThat(runbookOf(rule)).isIn(paragraphs));
  }

  private static String runbookOf(JsonNode rule) {
    return rule.path("annotations").path("runbook_url").asString("missing: " + rule.path("alert"));
  }

  /** Their anchors, as GitHub makes them of the titles. */
  private static List<String> paragraphs() throws IOException {
    try (var lines = Files.lines(Path.of("..", MANUAL))) {
      return lines
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
          .map(title -> title.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
          .map(anchor -> MANUAL + "#" + anchor)
          .toList();
    }
  }
}
