package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.audit.Audit;
import dev.orderflow.e2e.platform.ContainerPlatform;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Platform;
import dev.orderflow.e2e.platform.Setup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps one platform at a time, for as long as test classes ask for the same setup. */
final class PlatformExtension implements ParameterResolver, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Platform.class.isAssignableFrom(parameter.getParameter().getType());
  }

  @Override
  public Platform resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var wanted = context.getRequiredTestClass().getAnnotation(RunsOn.class).value();
    return current(context).of(wanted);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    var platform = current(context).platform;
    // The rules are about the whole history, so it is enough to look once at the end of it.
    if (platform != null && SetupOrder.isLast(context.getRequiredTestClass())) {
      if (platform.setup().isClean()) {
        Audit.passes(platform);
      }
      assertThat(platform.run("audit"))
          .as("exit code of the audit of %s", platform.setup())
          .isZero();
    }
  }

  private static Current current(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Current.class, _ -> new Current(), Current.class);
  }

  /** Closed by JUnit after the last test. */
  private static final class Current implements AutoCloseable {
    private @Nullable Platform platform;

    Platform of(Setup wanted) {
      var running = platform;
      if (running != null && running.suits(wanted) && running.isRunning()) {
        return running;
      }
      close();
      var started =
          Boolean.getBoolean("orderflow.e2e.containers")
              ? ContainerPlatform.fresh(wanted)
              : LocalPlatform.fresh(wanted);
      platform = started;
      started.start();
      return started;
    }

    @Override
    public void close() {
      if (platform != null) {
        platform.stop();
      }
    }
  }
}
