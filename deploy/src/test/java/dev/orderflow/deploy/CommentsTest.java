package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public type says in a comment what it is. */
class CommentsTest {
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*"
              + "(?:class|record|interface|@interface|enum) ");

  @ParameterizedTest
  @MethodSource("dev.orderflow.deploy.ModulesTest#modules")
  void everyPublicTypeHasAComment(String module) {
    assertThat(ProjectFiles.sources(module))
        .allSatisfy(file -> assertThat(says(ProjectFiles.read(file))).isTrue());
  }

  @Test
  void aTypeWithoutACommentIsNoticed() {
    assertThat(says("import java.util.List;\n\n@Component\npublic final class Lane {}\n"))
        .isFalse();
    assertThat(
            says("import java.util.List;\n\n/** One. */\n@Component\npublic final class Lane {}\n"))
        .isTrue();
  }

  /** A comment stands between the imports and the type, when the type is public. */
  private static boolean says(String source) {
    var type = PUBLIC_TYPE.matcher(source);
    return !type.find()
        || source
            .substring(0, type.start())
            .replaceAll("(?m)^(import|package) .*$", "")
            .contains("/**");
  }
}
