package dev.orderflow.e2e;

import static java.util.Comparator.naturalOrder;

import dev.orderflow.e2e.platform.Setup;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Classes that share a platform come one after another: the start of a platform is what takes time.
 */
final class SetupOrder implements ClassOrderer {
  private static final Map<Setup, Class<?>> LAST = new ConcurrentHashMap<>();

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.<ClassDescriptor, Setup>comparing(
                    test -> setupOf(test).orElse(null), Comparator.nullsFirst(naturalOrder()))
                .thenComparing(test -> test.getTestClass().getName()));
    for (var test : context.getClassDescriptors()) {
      setupOf(test).ifPresent(setup -> LAST.put(setup, test.getTestClass()));
    }
  }

  private static Optional<Setup> setupOf(ClassDescriptor test) {
    return test.findAnnotation(RunsOn.class).map(RunsOn::value);
  }

  /** Whether no other class comes after this one on the same platform. */
  static boolean isLast(Class<?> test) {
    return LAST.containsValue(test);
  }
}
