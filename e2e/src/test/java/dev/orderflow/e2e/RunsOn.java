package dev.orderflow.e2e;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class its {@link PlatformUnderTest}, as a parameter of the constructor. When the
 * last class of the platform is done, the rules that hold whatever happens are checked over its
 * whole history.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PlatformExtension.class)
@ResourceLock(providers = SetupLock.class)
public @interface RunsOn {
  Setup value();
}
