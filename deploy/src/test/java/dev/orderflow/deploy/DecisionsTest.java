package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has become of a decision is said by itself, by the one that changed it, and by the list. */
class DecisionsTest {
  /**
   * A decision.
   *
   * @param number four digits
   * @param status what its status says; with line breaks
   */
  private record Decision(String number, String title, String file, String status) {
    /** The numbers of the decisions to which it stands so. */
    Set<String> relatedBy(String words) {
      return RELATION
          .matcher(status)
          .results()
          .filter(found -> found.group(1).equals(words))
          .flatMap(found -> NUMBER.matcher(found.group(2)).results())
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    }

    /** Its row of the list. */
    String row() {
      return "| %s | [%s](%s) | %s |".formatted(number, title, file, summary());
    }

    private String summary() {
      var superseded = relatedBy("superseded by");
      var amended = relatedBy("amended by");
      return Stream.of(
              superseded.isEmpty() ? "accepted" : "superseded by " + sorted(superseded),
              amended.isEmpty() ? "" : "amended by " + sorted(amended))
          .filter(words -> !words.isEmpty())
          .collect(Collectors.joining("; "));
    }

    private static String sorted(Set<String> numbers) {
      return numbers.stream().sorted().collect(Collectors.joining(", "));
    }
  }

  private static final Pattern RECORD =
      Pattern.compile("(?s)# (\\d{4})\\. ([^\n]+)\n\nStatus: (.+?)\n\n## Context\n.+");
  private static final Pattern NUMBER = Pattern.compile("\\[(\\d{4})]");
  private static final Pattern RELATION =
      Pattern.compile(
          "(superseded by|supersedes|amended by|amends)((?:(?:[,\\s]|and)*\\[\\d{4}]\\([^)]+\\))+)");

  @Test
  void theListHasEveryDecisionWithItsStatus() {
    assertThat(list().lines().filter(line -> line.matches("\\| \\d{4} .*")))
        .containsExactlyElementsOf(decisions().map(Decision::row).toList());
  }

  @Test
  void aDecisionThatWasChangedSaysByWhich() {
    assertThat(oneSided(decisions().toList())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0013, superseded by, accepted; until",
    "0026, supersedes, like",
    "0019, amended by, see",
    "0035, amends, see"
  })
  void aChangeThatOnlyOneOfThemTellsIsNoticed(String number, String words, String others) {
    var changed =
        decisions()
            .map(decision ->
                decision.number().equals(number)
                    ? new Decision(
                        number,
                        decision.title(),
                        decision.file(),
                        decision.status().replace(words, others))
                    : decision)
            .toList();

    assertThat(oneSided(changed)).isNotEmpty();
  }

  private static Stream<String> oneSided(List<Decision> decisions) {
    return Stream.concat(
        oneSided(decisions, "superseded by", "supersedes"),
        oneSided(decisions, "amended by", "amends"));
  }

  private static Stream<String> oneSided(List<Decision> decisions, String by, String does) {
    return decisions.stream()
        .flatMap(one ->
            decisions.stream()
                .filter(other ->
                    one.relatedBy(by).contains(other.number())
                        != other.relatedBy(does).contains(one.number()))
                .map(other ->
                    "%s is %s %s: only one of them says so"
                        .formatted(one.number(), by, other.number())));
  }

  private static Stream<Decision> decisions() {
    return ProjectFiles.filesBelow(ProjectFiles.ROOT.resolve("docs/decisions"), "")
        .filter(file -> !file.endsWith("README.md"))
        .map(file -> {
          var parts = RECORD.matcher(ProjectFiles.read(file));
          assertThat(parts.matches()).as("%s has title, status and context", file).isTrue();
          return new Decision(
              parts.group(1), parts.group(2), file.getFileName().toString(), parts.group(3));
        });
  }

  private static String list() {
    return ProjectFiles.read("docs/decisions/README.md");
  }
}
