package dev.orderflow.queryside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. Every rule holds for our code, and fails for code that breaks it. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.orderflow.queryside");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("dev.orderflow.broken");

  private static final String CATALOG = "..queryside.catalog..";
  private static final String ORDERING = "..queryside.ordering..";
  private static final String MODEL = "..queryside.*.model..";
  private static final String APPLICATION = "..queryside.*.application..";
  private static final String JDBC = "..queryside.*.jdbc..";
  private static final String CACHE = "..queryside.*.cache..";
  private static final String REST = "..queryside.*.rest..";
  private static final String GRPC = "..queryside.*.grpc..";

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
        rule(
            "the catalog does not know orders",
            noClasses()
                .that()
                .resideInAPackage(CATALOG)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ORDERING)),
        rule(
            "orders do not know the catalog",
            noClasses()
                .that()
                .resideInAPackage(ORDERING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CATALOG)),
        rule(
            "a model knows the published language and nothing else",
            classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.orderflow.api..",
                    MODEL,
                    "..queryside.projection..")),
        rule(
            "an application layer knows no adapter",
            classes()
                .that()
                .resideInAPackage(APPLICATION)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                    "java..",
                    "com.google.common..",
                    "org.jspecify..",
                    "dev.orderflow.api..",
                    MODEL,
                    APPLICATION,
                    "dev.orderflow.platform.consistency..",
                    "dev.orderflow.platform.error..",
                    "dev.orderflow.platform.security..",
                    "dev.orderflow.platform.paging..",
                    "..queryside.cache..",
                    "..queryside.live..",
                    "org.springframework.stereotype..")),
        rule(
            "REST knows no other adapter",
            noClasses()
                .that()
                .resideInAPackage(REST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JDBC, CACHE, GRPC)),
        rule(
            "gRPC knows no other adapter",
            noClasses()
                .that()
                .resideInAPackage(GRPC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JDBC, CACHE, REST)),
        rule(
            "tables know no other adapter",
            noClasses()
                .that()
                .resideInAPackage(JDBC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CACHE, REST, GRPC)),
        rule(
            "only tables know SQL",
            noClasses()
                .that()
                .resideInAnyPackage(CATALOG, ORDERING)
                .and()
                .resideOutsideOfPackage(JDBC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")),
        rule(
            "Axon stays at the edge",
            noClasses()
                .that()
                .resideInAnyPackage(CATALOG, ORDERING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework..")),
        rule(
            "technical code knows no context",
            noClasses()
                .that()
                .resideInAnyPackage(
                    "..queryside.paging..",
                    "..queryside.projection..",
                    "..queryside.access..",
                    "..queryside.cache..",
                    "..queryside.live..",
                    "..queryside.rebuild..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CATALOG, ORDERING)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void every_rule_holds(ArchRule rule) {
    rule.check(OURS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void every_rule_notices_code_that_breaks_it(ArchRule rule) {
    assertThat(rule.evaluate(BROKEN).hasViolation()).isTrue();
  }

  private static Named<ArchRule> rule(String name, ArchRule rule) {
    return Named.of(name, rule);
  }
}
