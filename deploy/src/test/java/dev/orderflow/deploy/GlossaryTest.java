package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader who knows the field needs few words of ours, and finds them in the code. */
class GlossaryTest {
  private static final int FEW = 30;

  private static final Pattern ENTRY = Pattern.compile("(?m)^\\| (?!word |---).+$");
  private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)(?:\\.\\w+)?`");

  private static final String GLOSSARY = ProjectFiles.read("docs/glossary.md");

  @Test
  void thereAreFewWordsToLearn() {
    assertThat(ENTRY.matcher(GLOSSARY).results().count()).isPositive().isLessThan(FEW);
  }

  @Test
  void theTypesThatItNamesExist() {
    assertThat(sources()).containsAll(types(GLOSSARY).toList());
  }

  @Test
  void aTypeThatDoesNotExistIsNoticed() {
    assertThat(types(GLOSSARY.replace("`Lane`", "`Road`"))).contains("Road", "Publication");
    assertThat(sources()).contains("Publication").doesNotContain("Road");
  }

  private static Stream<String> types(String glossary) {
    return TYPE.matcher(glossary).results().map(type -> type.group(1));
  }

  private static Set<String> sources() {
    return ModulesTest.modules().stream()
        .flatMap(ProjectFiles::sources)
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.toSet());
  }
}
