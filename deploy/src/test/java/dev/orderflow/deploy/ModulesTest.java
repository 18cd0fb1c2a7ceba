package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Pattern GENERATED =
      Pattern.compile("(?m)^option java_package = \"dev\\.orderflow\\.(.+)\";");
  private static final Pattern ENTRY = Pattern.compile("(?m)^([\\w.-]+)(/?) {2,}\\S");

  /** What a context may consist of; the map explains them once for all. */
  private static final Pattern LAYER =
      Pattern.compile("(?<=\\.\\w{1,50})\\.(model|application|rest|grpc|jdbc)$");

  private static final String MAP = Project.read(Project.ROOT.resolve("docs/architecture.md"));
  private static final String README = Project.read(Project.ROOT.resolve("README.md"));

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
    return groups(MODULE, Project.read(Project.ROOT.resolve("pom.xml"))).toList();
  }

  /** The packages below {@code dev.orderflow} in the table of the module. */
  private static Set<String> shown(String map, String module) {
    return Stream.of(map.split("(?m)^#+ "))
        .filter(section -> section.startsWith("`" + module + "`\n"))
        .flatMap(section -> groups(ROW, section))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> packages(String module) {
    var sources = Project.ROOT.resolve(module).resolve("src");
    var main = sources.resolve("main");
    var root = (Files.isDirectory(main) ? main : sources.resolve("test")).resolve("java");
    var written =
        Project.filesBelow(root, file -> file.toString().endsWith(".java")).stream()
            .map(file -> Objects.requireNonNull(root.relativize(file).getParent()))
            .map(Path::toString)
            .map(directory -> directory.replace('/', '.').replace("dev.orderflow.", ""))
            .map(name -> LAYER.matcher(name).replaceFirst(""));
    var generated =
        Project.filesBelow(main.resolve("proto"), file -> true).stream()
            .flatMap(file -> groups(GENERATED, Project.read(file)));
    return Stream.concat(written, generated).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files and directories that the README's tree names. */
  private static Set<String> tree(String readme) {
    return groups(ENTRY, readme).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean exists(String name) {
    return Files.exists(Project.ROOT.resolve(name));
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}
