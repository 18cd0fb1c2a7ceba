package dev.orderflow.e2e;

import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** Classes that share a platform take turns; others run beside them. */
final class SetupLock implements ResourceLocksProvider {
  @Override
  public Set<Lock> provideForClass(Class<?> test) {
    return Set.of(new Lock(test.getAnnotation(RunsOn.class).value().name()));
  }
}
