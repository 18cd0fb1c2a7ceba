package dev.orderflow.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.orderflow.platform.error.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What can be said of the pages' files without a browser. */
class PagesTest {
  private static final Path FILES = Path.of("src/main/resources/static");
  private static final List<Path> PAGES =
      Stream.of("shared", "shop", "console").map(FILES::resolve).toList();
  private static final List<String> MODULES =
      List.of("platform", "command-side", "query-side", "saga", "gateway");
  private static final Path COMPILER = Path.of("target/types/typescript/lib/tsc.js");
  private static final Pattern CHECK =
      Pattern.compile("\\b(?:Check\\.\\w+|new Check|new Silence)\\(\\s*\"([a-z0-9-]+)\"");
  private static final int MOST_LINES = 5_000;

  @Test
  void both_languages_have_the_same_messages_with_the_same_values() {
    var vi = messages("vi");
    var en = messages("en");

    assertThat(vi.keySet()).containsExactlyElementsOf(en.keySet());
    en.forEach((key, text) -> assertThat(valuesOf(vi.get(key))).as(key).isEqualTo(valuesOf(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_error_has_words(String language) {
    var codes = Arrays.stream(ErrorCode.values()).map(code -> "error." + code.name()).toList();

    assertThat(messages(language).keySet()).containsAll(codes);
    assertThat(messages(language).values()).allMatch(Predicate.not(String::isBlank));
  }

  /** A check without words is shown as it is called in the code. */
  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_check_of_the_overview_has_words(String language) {
    var checks =
        MODULES.stream()
            .flatMap(module -> filesUnder(Path.of("..", module, "src/main/java"), ".java"))
            .flatMap(file -> CHECK.matcher(text(file)).results())
            .map(found -> "check." + found.group(1))
            .toList();

    assertThat(checks).contains("check.kafka", "check.dead-letters").hasSizeGreaterThan(10);
    assertThat(messages(language).keySet()).containsAll(checks);
  }

  /** What the code makes of two parts, {@code status.${status}} for example, begins as it says. */
  @Test
  void every_message_is_used() {
    var code = scripts().map(PagesTest::text).collect(Collectors.joining("\n"));
    var beginnings =
        Pattern.compile("`([a-z]+\\.(?:[a-z]+\\.)?)\\$\\{")
            .matcher(code)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(messages("en").keySet())
        .allMatch(
            key -> code.contains("'" + key + "'") || beginnings.stream().anyMatch(key::startsWith));
  }

  /** TypeScript reads the types in the comments. It needs Node, as the generated clients do. */
  @Test
  void the_types_fit() throws Exception {
    assumeTrue(isThere("node"), "node checks the types of the pages, and is not installed");
    var output = Files.createTempFile("types", ".log");
    var process =
        new ProcessBuilder("node", COMPILER.toString(), "--project", "tsconfig.json")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    var ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    var text = Files.readString(output);
    Files.delete(output);

    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
  }

  @Test
  void the_pages_stay_small_enough_to_do_without_a_build() {
    assertThat(scripts().mapToLong(script -> text(script).lines().count()).sum())
        .isLessThan(MOST_LINES);
  }

  /** The Content-Security-Policy would silently drop it. */
  @Test
  void nothing_stands_in_a_page_that_may_not() {
    scripts()
        .forEach(script ->
            assertThat(text(script))
                .as("%s", script)
                .doesNotContain("unsafeHTML", "innerHTML", "unsafeSVG", "eval(", " style=")
                .doesNotContainPattern("https?://"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "console"})
  void a_page_names_what_is_there(String folder) {
    var page = text(FILES.resolve(folder + "/index.html"));
    var files = Pattern.compile("\"(/[^\"]+\\.(?:js|css|svg))\"").matcher(page).results().toList();

    assertThat(files).hasSizeGreaterThan(8);
    for (var file : files) {
      var name = file.group(1);
      var place = name.startsWith("/webjars/") ? "/META-INF/resources" : "/static";
      assertThat(PagesTest.class.getResource(place + name)).as(name).isNotNull();
    }
  }

  /** Shown by a check of the overview that is not green. */
  @Test
  void the_manual_has_the_paragraphs_that_the_console_names() {
    assertThat(Manual.page(text(Path.of("../docs/operations.md"))))
        .contains("<h3 id=\"dead-letters\">", "<h2 id=\"rebuilding-a-view\">");
  }

  /** Or else a slow phone would ask for one file after the other. */
  @Test
  void what_the_first_list_needs_is_asked_for_at_once() {
    var needed = new TreeSet<Path>();
    addImports(FILES.resolve("shop/app.js"), needed);
    addImports(FILES.resolve("shop/products/list.js"), needed);

    assertThat(needed).hasSizeGreaterThan(10);
    assertThat(needed)
        .allSatisfy(file ->
            assertThat(text(FILES.resolve("shop/index.html")))
                .contains("\"/" + FILES.relativize(file) + "\""));
  }

  private static void addImports(Path script, TreeSet<Path> all) {
    if (all.add(script)) {
      Pattern.compile("^import .*'(\\.[^']+)';$", Pattern.MULTILINE)
          .matcher(text(script))
          .results()
          .forEach(found -> addImports(script.resolveSibling(found.group(1)).normalize(), all));
    }
  }

  private static Map<String, String> messages(String language) {
    var all = new LinkedHashMap<String, String>();
    for (var folder : List.of("shared", "console")) {
      var words =
          JsonMapper.shared()
              .readValue(
                  text(FILES.resolve(folder + "/messages/" + language + ".json")),
                  new TypeReference<Map<String, String>>() {});
      words.forEach((key, text) -> assertThat(all.put(key, text)).as(key).isNull());
    }
    return all;
  }

  private static TreeSet<String> valuesOf(String message) {
    return Pattern.compile("\\{\\w+}")
        .matcher(message)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Path> scripts() {
    return PAGES.stream().flatMap(folder -> filesUnder(folder, ".js"));
  }

  private static Stream<Path> filesUnder(Path folder, String ending) {
    try (var all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
