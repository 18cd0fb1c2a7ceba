package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages call things as the code does. Decisions do not count: they tell of their time. */
class NamesTest {
  /** Such as PlaceOrderHandler; "…IT" is the end of many. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w/.…-])[A-Z][a-z0-9]+[A-Z]\\w*(?![\\w-])");

  private static final Pattern SOURCE =
      Pattern.compile(".+\\.(java|proto|js|yml|json|properties|xml|sql)");

  private static final Set<String> KNOWN = known();

  @Test
  void everyNameOfThePagesIsInTheCode() {
    assertThat(
            MarkdownPage.all().stream()
                .filter(
                    page -> !page.file().startsWith(ProjectFiles.ROOT.resolve("docs/decisions")))
                .flatMap(NamesTest::unknown))
        .isEmpty();
  }

  @Test
  void aNameThatIsNotInTheCodeIsNoticed() {
    var text = "`Lane`, `CommandGroups.decide`, `…PropertyTest`, `PlaceOrder" + "Handlers`";

    assertThat(unknown(new MarkdownPage(ProjectFiles.ROOT.resolve("README.md"), text))).hasSize(1);
  }

  private static Stream<String> unknown(MarkdownPage page) {
    return page.code()
        .flatMap(code -> NAME.matcher(code).results())
        .map(MatchResult::group)
        .filter(name -> !KNOWN.contains(name))
        .map(name -> ProjectFiles.ROOT.relativize(page.file()) + ": " + name);
  }

  private static Set<String> known() {
    var names = new HashSet<String>();
    Stream.concat(
            ModulesTest.modules().stream().map(module -> module + "/src"),
            Stream.of("deploy/prometheus"))
        .map(ProjectFiles.ROOT::resolve)
        .flatMap(sources -> ProjectFiles.filesBelow(sources, ""))
        .filter(file -> SOURCE.matcher(file.toString()).matches())
        .flatMap(file -> NAME.matcher(ProjectFiles.read(file)).results())
        .forEach(name -> names.add(name.group()));
    return names;
  }
}
