package dev.orderflow.deploy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reader can begin at any package of a module and follow its imports to an end: no two packages
 * need each other, directly or by way of others.
 */
class PackageCirclesTest {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(dev\\.orderflow(?:\\.[a-z]\\w*)*)\\.[A-Z]");

  @ParameterizedTest
  @MethodSource("dev.orderflow.deploy.ModulesTest#modules")
  void thePackagesOfAModuleFormNoCircle(String module) {
    assertThat(circles(imports(module))).isEmpty();
  }

  @Test
  void aCircleIsNoticedAndWhatLeadsToItIsNot() {
    var imports =
        Map.of(
            "command", Set.of("platform"),
            "platform", Set.of("service", "process"),
            "service", Set.of("platform"),
            "process", Set.<String>of());

    assertThat(circles(imports)).containsExactly("platform", "service");
  }

  /** From each package to those that its classes import. */
  private static Map<String, Set<String>> imports(String module) {
    var root = ProjectFiles.ROOT.resolve(module).resolve("src/main/java");
    return ProjectFiles.filesBelow(root, ".java")
        .flatMap(file ->
            IMPORT
                .matcher(ProjectFiles.read(file))
                .results()
                .map(found -> Map.entry(packageOf(root, file), found.group(1))))
        .filter(pair -> !pair.getKey().equals(pair.getValue()))
        .collect(groupingBy(Entry::getKey, mapping(Entry::getValue, toSet())));
  }

  private static String packageOf(Path root, Path file) {
    return root.relativize(file.resolveSibling("")).toString().replace('/', '.');
  }

  /** Takes away packages that import none of the others, then those that none imports. */
  private static Set<String> circles(Map<String, Set<String>> imports) {
    var left = new HashMap<>(imports);
    while (left.keySet()
        .removeIf(name -> imports.get(name).stream().noneMatch(left::containsKey))) {}
    while (left.keySet()
        .removeIf(name ->
            left.keySet().stream().noneMatch(other -> imports.get(other).contains(name)))) {}
    return new TreeSet<>(left.keySet());
  }
}
