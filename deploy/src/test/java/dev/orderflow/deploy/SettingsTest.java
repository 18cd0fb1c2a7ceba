package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {
  /** But for those of Compose itself, which stand in braces. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\b(?<!\\{)(?:ORDERFLOW|SPRING)_[A-Z_]+[A-Z]\\b");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** As configuration.md names them, as environment variables; one of many ends with "_*". */
  private static final List<String> DOCUMENTED = documented();

  @Test
  void everySettingOfAManifestOrAComposeFileIsDocumented() {
    for (var file : ProjectFiles.settingFiles()) {
      assertThat(undocumented(ProjectFiles.read(file))).as(file.toString()).isEmpty();
    }
  }

  /** Staff could stop instances there, and make payments fail. */
  @Test
  void noDeploymentHasTheDemoMode() {
    assertThat(ProjectFiles.settingFiles()).isNotEmpty();
    Stream.concat(
            ProjectFiles.settingFiles().stream(),
            Stream.of(ProjectFiles.ROOT.resolve("deploy/docker/Dockerfile")))
        .forEach(file ->
            assertThat(ProjectFiles.read(file))
                .as(file.toString())
                .doesNotContainIgnoringCase("orderflow_demo_")
                .doesNotContainIgnoringCase("orderflow.demo."));
  }

  @Test
  void whatIsNoSettingIsNoticed() {
    assertThat(
            undocumented(
                """
                ORDERFLOW_SAGA_PAYMENT_DEADLINE: 15m
                ORDERFLOW_SAGA_PAYMENT_DEADLINES: 15m
                SPRING_DATASOURCE_USERNAME: saga
                SPRING_DATASOURCE_USER: saga
                SPRING_DATA_REDIS_SSL_ENABLED: true
                """))
        .containsExactly("ORDERFLOW_SAGA_PAYMENT_DEADLINES", "SPRING_DATASOURCE_USER");
  }

  private static Stream<String> undocumented(String text) {
    return VARIABLE.matcher(text).results().map(MatchResult::group).filter(SettingsTest::isUnknown);
  }

  private static boolean isUnknown(String variable) {
    return DOCUMENTED.stream()
        .noneMatch(name ->
            name.endsWith("_*")
                ? variable.startsWith(name.substring(0, name.length() - 1))
                : variable.equals(name));
  }

  private static List<String> documented() {
    return ProjectFiles.read("docs/configuration.md")
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf('|', 1)))
        .flatMap(SettingsTest::namesIn)
        .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
        .toList();
  }

  /** Of what begins with a dot, the beginning is that of the name before it. */
  private static Stream<String> namesIn(String cell) {
    var names = new ArrayList<String>();
    CODE.matcher(cell)
        .results()
        .map(code -> code.group(1))
        .forEach(name ->
            names.add(
                name.startsWith(".")
                    ? names.getLast().replaceFirst("\\.[^.]+$", "") + name
                    : name));
    return names.stream();
  }
}
