package dev.orderflow.deploy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The maps of the code, in architecture.md and in the README, show what there is. */
class ModulesTest {
  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>dev\\.orderflow</groupId>\\s*<artifactId>([\\w-]+)</artifactId>"
              + "(?!\\s*(?:<version>[^<]+</version>\\s*)?<type>)");
  private static final Pattern ARROW = Pattern.compile("(?m)^ {2}([\\w-]+) --> ([\\w-]+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Pattern GENERATED =
      Pattern.compile("(?m)^option java_package = \"dev\\.orderflow\\.(.+)\";");
  private static final Pattern ENTRY = Pattern.compile("(?m)^([\\w.-]+)(/?) {2,}\\S");

  /** What a context may consist of; the map explains them once for all. */
  private static final Pattern LAYER =
      Pattern.compile("(?<=\\.\\w{1,50})\\.(model|application|rest|grpc|jdbc)$");

  private static final String MAP = ProjectFiles.read("docs/architecture.md");
  private static final String README = ProjectFiles.read("README.md");

  @ParameterizedTest
  @MethodSource("modules")
  void theMapShowsThePackagesOfTheModule(String module) {
    assertThat(shown(MAP, module)).isEqualTo(packages(module));
  }

  @ParameterizedTest
  @CsvSource({
    "saga, | `saga.payment` |, | `saga.payments` |",
    "saga, | `saga.payment` |, | payment |",
    "proto, | `proto.payment.v1` |, | `proto.payment.v2` |",
    "gateway, ### `gateway`, ### `door`"
  })
  void aMapThatIsWrongIsNoticed(String module, String words, String others) {
    assertThat(MAP).contains(words);
    assertThat(shown(MAP.replace(words, others), module)).isNotEqualTo(packages(module));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theArrowsShowWhatTheModuleDependsOn(String module) {
    var arrows = arrows(MAP);

    assertThat(dependencies(module)).containsAll(arrows.getOrDefault(module, Set.of()));
    assertThat(reachable(module, arrows)).containsAll(dependencies(module));
  }

  @ParameterizedTest
  @CsvSource({"bench --> query-side, bench", "platform --> api, platform"})
  void aMissingArrowIsNoticed(String arrow, String module) {
    var arrows = arrows(MAP.replace(arrow, ""));

    assertThat(reachable(module, arrows).containsAll(dependencies(module))).isFalse();
  }

  @Test
  void theTreeOfTheReadmeShowsEveryModuleAndNothingElse() {
    assertThat(tree(README)).containsAll(modules()).allMatch(ModulesTest::exists);
  }

  @ParameterizedTest
  @CsvSource({"saga, sagas", "orderflow, orderflows"})
  void aTreeThatIsWrongIsNoticed(String words, String others) {
    var tree = tree(README.replaceAll("(?m)^" + words, others));

    assertThat(tree.containsAll(modules()) && tree.stream().allMatch(ModulesTest::exists))
        .isFalse();
  }

  static List<String> modules() {
    return groups(MODULE, ProjectFiles.read("pom.xml")).toList();
  }

  /** From each module to those that it depends on. */
  private static Map<String, Set<String>> arrows(String map) {
    return ARROW
        .matcher(map)
        .results()
        .collect(groupingBy(arrow -> arrow.group(1), mapping(arrow -> arrow.group(2), toSet())));
  }

  private static Set<String> reachable(String module, Map<String, Set<String>> arrows) {
    return arrows.getOrDefault(module, Set.of()).stream()
        .flatMap(next -> Stream.concat(Stream.of(next), reachable(next, arrows).stream()))
        .collect(toSet());
  }

  /** The modules whose code it needs, not only their tests or their place in the build. */
  private static Set<String> dependencies(String module) {
    return groups(DEPENDENCY, ProjectFiles.read(module + "/pom.xml")).collect(toSet());
  }

  /** The packages below {@code dev.orderflow} in the table of the module. */
  private static Set<String> shown(String map, String module) {
    return Stream.of(map.split("(?m)^#+ "))
        .filter(section -> section.startsWith("`" + module + "`\n"))
        .flatMap(section -> groups(ROW, section))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> packages(String module) {
    var sources = ProjectFiles.ROOT.resolve(module).resolve("src");
    var main = sources.resolve("main");
    var root = (Files.isDirectory(main) ? main : sources.resolve("test")).resolve("java");
    var written =
        ProjectFiles.filesBelow(root, ".java")
            .map(file -> Objects.requireNonNull(root.relativize(file).getParent()))
            .map(Path::toString)
            .map(directory -> directory.replace('/', '.').replace("dev.orderflow.", ""))
            .map(name -> LAYER.matcher(name).replaceFirst(""));
    var generated =
        ProjectFiles.filesBelow(main.resolve("proto"), "")
            .flatMap(file -> groups(GENERATED, ProjectFiles.read(file)));
    return Stream.concat(written, generated).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files and directories that the README's tree names. */
  private static Set<String> tree(String readme) {
    return groups(ENTRY, readme).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean exists(String name) {
    return Files.exists(ProjectFiles.ROOT.resolve(name));
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}
