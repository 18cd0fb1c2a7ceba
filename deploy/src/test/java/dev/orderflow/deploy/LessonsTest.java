package dev.orderflow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Vietnamese page says what its English one says, and runs the same commands. */
class LessonsTest {
  private static final Path LESSONS = ProjectFiles.ROOT.resolve("docs/learn");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(.*?)```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ ");
  private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\\n.*?```\\s*(```text)?");

  private static final Path LABELS =
      ProjectFiles.ROOT.resolve("gateway/src/main/resources/static/console/messages");
  private static final Pattern LABEL = Pattern.compile("\"(?:nav|overview)\\.\\w+\": \"([^\"]*)\"");
  private static final Pattern CONSOLE =
      Pattern.compile("(?s)## (?:In the|Trên) console\\n(.*?)\\n## ");
  private static final Pattern EMPHASIS = Pattern.compile("\\*([^*]+)\\*");

  /** An English page and its Vietnamese one. */
  private record Pair(Path english, Path vietnamese) {
    @Override
    public String toString() {
      return ProjectFiles.ROOT.relativize(english).toString();
    }
  }

  static Stream<Pair> pages() {
    return Stream.concat(
        english().stream()
            .map(page -> new Pair(page, LESSONS.resolve("vi").resolve(page.getFileName()))),
        Stream.of(
            new Pair(
                ProjectFiles.ROOT.resolve("README.md"), ProjectFiles.ROOT.resolve("README.vi.md")),
            new Pair(LESSONS.resolve("README.md"), LESSONS.resolve("README.vi.md"))));
  }

  @Test
  void thereAreTwelve() {
    assertThat(english()).hasSize(12);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theVietnamesePageFollowsTheEnglishOneOfNow(Pair pair) {
    assertThat(ProjectFiles.read(pair.vietnamese()))
        .as("translate what has changed, then write its new hash on the first line")
        .startsWith(
            "<!-- translated from the English page, sha256 " + hash(pair.english()) + " -->\n");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void bothHaveTheSameCommandsAndAsManyHeadings(Pair pair) {
    var english = ProjectFiles.read(pair.english());
    var vietnamese = ProjectFiles.read(pair.vietnamese());

    assertThat(all(BLOCK, vietnamese)).isEqualTo(all(BLOCK, english));
    assertThat(all(HEADING, vietnamese)).isEqualTo(all(HEADING, english));
  }

  @ParameterizedTest
  @MethodSource("english")
  void allCommandsOfALessonSayWhatTheyPrint(Path page) {
    assertThat(COMMANDS.matcher(ProjectFiles.read(page)).results())
        .isNotEmpty()
        .allMatch(block -> block.group(1) != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "vi"})
  void aPageOfTheConsoleIsNamedAsTheConsoleNamesIt(String language) {
    var named =
        lessons(language).stream()
            .flatMap(page -> firstGroups(CONSOLE, ProjectFiles.read(page)))
            .flatMap(section -> firstGroups(EMPHASIS, section));

    assertThat(named)
        .isNotEmpty()
        .isSubsetOf(
            firstGroups(LABEL, ProjectFiles.read(LABELS.resolve(language + ".json"))).toList());
  }

  static List<Path> english() {
    return lessons("en");
  }

  private static List<Path> lessons(String language) {
    return ProjectFiles.filesBelow(LESSONS.resolve(language), ".md").toList();
  }

  private static Stream<String> firstGroups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static String hash(Path page) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(ProjectFiles.read(page).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
