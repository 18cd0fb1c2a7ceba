package dev.orderflow.saga.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule holds for our code, and is broken by code that was written to break it. */
class ArchitectureTest {
  private static final String OURS = "dev.orderflow.saga";
  private static final String BROKEN = "dev.orderflow.saga.architecture.broken";

  private static final JavaClasses OUR_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(OURS);
  private static final JavaClasses BROKEN_CLASSES = new ClassFileImporter().importPackages(BROKEN);

  enum Rule {
    NO_CONTEXT_KNOWS_ANOTHER {
      @Override
      ArchRule in(String root) {
        return slices()
            .matching(root + ".(ordering|payment|notification)..")
            .should()
            .notDependOnEachOther();
      }
    },
    TECHNICAL_CODE_KNOWS_NO_CONTEXT {
      @Override
      ArchRule in(String root) {
        return noClasses()
            .that()
            .resideInAnyPackage(
                root + ".attempts..",
                root + ".tasks..",
                root + ".consumption..",
                root + ".commandside..",
                root + ".deadletters..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                root + ".ordering..", root + ".payment..", root + ".notification..");
      }
    },
    PACKAGES_ARE_FREE_OF_CYCLES {
      @Override
      ArchRule in(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
      }
    },
    THE_SAGA_KNOWS_ITS_PORTS_THE_PUBLISHED_LANGUAGE_AND_AXONS_ANNOTATIONS {
      @Override
      ArchRule in(String root) {
        return classes()
            .that()
            .haveSimpleName("OrderSaga")
            .and()
            .resideInAPackage(root + ".ordering")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "dev.orderflow.api..",
                        "org.axonframework.modelling.saga")
                    .or(resideInAPackage(root + ".ordering")));
      }
    };

    abstract ArchRule in(String root);
  }

  @ParameterizedTest
  @EnumSource
  void our_code_keeps_the_rule(Rule rule) {
    rule.in(OURS).check(OUR_CLASSES);
  }

  @ParameterizedTest
  @EnumSource
  void code_that_breaks_the_rule_is_found(Rule rule) {
    assertThat(rule.in(BROKEN).evaluate(BROKEN_CLASSES).hasViolation()).isTrue();
  }
}
