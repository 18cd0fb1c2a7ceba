package dev.orderflow.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The published language is plain: to read it, nothing else is needed. */
class ArchitectureTest {
  private static final ArchRule PLAIN =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson.annotation..",
              "dev.orderflow.api..",
              "dev.orderflow.broken.api..");

  @Test
  void the_published_language_knows_no_framework() {
    PLAIN.check(
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.orderflow.api"));
  }

  @Test
  void the_rule_notices_a_language_that_does() {
    assertThat(
            PLAIN
                .evaluate(new ClassFileImporter().importPackages("dev.orderflow.broken.api"))
                .hasViolation())
        .isTrue();
  }
}
