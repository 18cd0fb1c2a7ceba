package dev.orderflow.e2e;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import dev.orderflow.e2e.platform.Setup;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Classes that share a platform come one after another, but for the very first: the start of a
 * platform is what takes time.
 */
final class SetupOrder implements ClassOrderer {
  private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";
  private static final Map<Setup, Integer> TO_COME = new ConcurrentHashMap<>();

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.<ClassDescriptor, Setup>comparing(
                    test -> setupOf(test).orElse(null), Comparator.nullsFirst(naturalOrder()))
                .thenComparing(test -> test.getTestClass().getName()));
    if (context.getConfigurationParameter(PARALLEL).filter("true"::equals).isPresent()) {
      keepTheFirstTwoApart(context.getClassDescriptors());
    }
    // Counted anew each time: the classes are looked for one by one first, then all together.
    TO_COME.putAll(
        context.getClassDescriptors().stream()
            .flatMap(test -> setupOf(test).stream())
            .collect(groupingBy(setup -> setup, summingInt(_ -> 1))));
  }

  /**
   * JUnit's first thread keeps the first class for itself. If another thread has begun the second
   * class on the same platform, the first one waits for that platform's lock. It then holds the
   * lock while it waits for one of the two places, and nothing runs on that platform meanwhile.
   */
  private static void keepTheFirstTwoApart(List<? extends ClassDescriptor> tests) {
    var first = setupOf(tests.getFirst());
    IntStream.range(1, tests.size())
        .filter(i -> !setupOf(tests.get(i)).equals(first))
        .findFirst()
        .ifPresent(other -> Collections.rotate(tests.subList(0, other + 1), 1));
  }

  private static Optional<Setup> setupOf(ClassDescriptor test) {
    return test.findAnnotation(RunsOn.class).map(RunsOn::value);
  }

  /**
   * Called once by each class that is done: whether no other class is to come on the same platform.
   */
  static boolean wasLast(Setup setup) {
    return TO_COME.merge(setup, -1, Integer::sum) == 0;
  }
}
