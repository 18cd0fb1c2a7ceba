package dev.orderflow.commandside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
          .importPackages("dev.orderflow.commandside");
  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("dev.orderflow.broken");

  private static final String CATALOG = "..commandside.catalog..";
  private static final String INVENTORY = "..commandside.inventory..";
  private static final String ORDERING = "..commandside.ordering..";
  private static final String PAYMENT = "..commandside.payment..";
  private static final String MODEL = "..commandside.*.model..";
  private static final String APPLICATION = "..commandside.*.application..";
  private static final String[] ADAPTERS = {
    "..commandside.*.rest..",
    "..commandside.*.grpc..",
    "..commandside.*.jdbc..",
    "..commandside.inventory.expiry.."
  };

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
        doesNotKnow("the catalog knows no other context", CATALOG, INVENTORY, ORDERING, PAYMENT),
        doesNotKnow("stock knows neither orders nor payments", INVENTORY, ORDERING, PAYMENT),
        doesNotKnow("payments know no other context", PAYMENT, CATALOG, INVENTORY, ORDERING),
        Named.of(
            "a model knows the published language, the JDK and Axon's modelling, nothing else",
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
                    "org.axonframework.commandhandling..",
                    "org.axonframework.eventsourcing..",
                    "org.axonframework.modelling.command..")),
        doesNotKnow("an application layer knows no adapter", APPLICATION, ADAPTERS),
        doesNotKnow(
            "REST knows no other adapter",
            "..commandside.*.rest..",
            "..commandside.*.grpc..",
            "..commandside.*.jdbc.."),
        Named.of(
            "only tables, tasks and the event store know SQL",
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "..commandside.*.jdbc..",
                    "..commandside.inventory.expiry..",
                    "dev.orderflow.commandside.commands..",
                    "dev.orderflow.commandside.eventstore..",
                    "dev.orderflow.commandside.publication..",
                    "dev.orderflow.commandside.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")),
        technicalCodeKnowsNoContext("..commandside.commands.."),
        technicalCodeKnowsNoContext("..commandside.eventstore.."),
        technicalCodeKnowsNoContext("..commandside.publication.."),
        Named.of(
            "packages are free of cycles",
            slices().matching("..commandside.(*)..").should().beFreeOfCycles()));
  }

  private static Named<ArchRule> technicalCodeKnowsNoContext(String packages) {
    return doesNotKnow(
        packages + " knows no context", packages, CATALOG, INVENTORY, ORDERING, PAYMENT);
  }

  private static Named<ArchRule> doesNotKnow(String name, String who, String... whom) {
    return Named.of(
        name,
        noClasses()
            .that()
            .resideInAPackage(who)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(whom));
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
}
