package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.audit.VisibleHistoryAudit;
import dev.orderflow.e2e.platform.ContainerPlatform;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps a platform for as long as there are test classes to come that ask for its setup. */
final class PlatformExtension implements ParameterResolver, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PlatformUnderTest.class.isAssignableFrom(parameter.getParameter().getType());
  }

  @Override
  public PlatformUnderTest resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context).of(setupOf(context));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    var setup = setupOf(context);
    if (SetupOrder.wasLast(setup)) {
      running(context).end(setup);
    }
  }

  private static Setup setupOf(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(RunsOn.class).value();
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Running.class, _ -> new Running(), Running.class);
  }

  /**
   * Closed by JUnit after the last test, which then ends what still runs: a class that is skipped
   * does not say that it was the last one.
   */
  private static final class Running implements AutoCloseable {
    private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;

    private final List<PlatformUnderTest> platforms = new CopyOnWriteArrayList<>();

    /**
     * Called by one class at a time of those that ask for the same setup, see {@link SetupLock}.
     */
    PlatformUnderTest of(Setup wanted) {
      platforms.removeIf(one -> one.suits(wanted) && !one.isRunning());
      return platforms.stream()
          .filter(one -> one.suits(wanted))
          .findFirst()
          .orElseGet(() -> start(wanted));
    }

    private PlatformUnderTest start(Setup setup) {
      var fresh =
          Boolean.getBoolean("orderflow.e2e.containers")
              ? ContainerPlatform.fresh(setup)
              : LocalPlatform.fresh(setup);
      platforms.add(fresh);
      fresh.start();
      return fresh;
    }

    void end(Setup setup) {
      platforms.stream().filter(one -> one.setup() == setup).forEach(this::end);
    }

    /** The rules are about the whole history, so it is enough to look once at the end of it. */
    private void end(PlatformUnderTest platform) {
      platforms.remove(platform);
      int exitCode;
      try {
        if (platform.setup().isClean()) {
          VisibleHistoryAudit.passes(platform);
        }
        assertThat(platform.run("audit"))
            .as("exit code of the audit of %s", platform.setup())
            .isZero();
      } finally {
        exitCode = platform.stop();
      }
      assertThat(exitCode).as("exit code of %s", platform.setup()).isZero();
    }

    @Override
    public void close() {
      var ends =
          platforms.stream()
              .map(one -> CompletableFuture.runAsync(() -> end(one), EACH_IN_A_THREAD))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(ends).join();
    }
  }
}
