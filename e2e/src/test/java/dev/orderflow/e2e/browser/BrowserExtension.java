package dev.orderflow.e2e.browser;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser for all tests: the system's Chromium, driven by the system's Node. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
  private static final Optional<Path> CHROMIUM =
      installed("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  /** Playwright's driver needs Node 20 or later. */
  private static final Optional<Path> NODE =
      installed("node").filter(node -> majorVersion(node) >= 20);

  private static final boolean THERE = CHROMIUM.isPresent() && NODE.isPresent();

  static {
    if (!THERE) {
      System.out.println(
          "The tests in a browser are skipped: they need Chromium, and Node 20 or later.");
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return THERE
        ? enabled("There is a browser")
        : disabled("No Chromium, or no Node 20 or later, is installed");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
        .browser;
  }

  private static Optional<Path> installed(String... programs) {
    var directories = System.getenv().getOrDefault("PATH", "").split(":");
    return Stream.of(programs)
        .flatMap(program -> Arrays.stream(directories).map(one -> Path.of(one, program)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int majorVersion(Path node) {
    try {
      var process = new ProcessBuilder(node.toString(), "--version").start();
      var version = new String(process.getInputStream().readAllBytes(), US_ASCII);
      return Integer.parseInt(version.substring(1, version.indexOf('.')));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Closed by JUnit after the last test. */
  private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
    static Running start() {
      // As long as it takes to start a killed process again.
      PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
      System.setProperty("playwright.nodejs.path", NODE.orElseThrow().toString());
      var playwright =
          Playwright.create(
              new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      var options =
          new LaunchOptions()
              .setExecutablePath(CHROMIUM.orElseThrow())
              .setArgs(
                  List.of(
                      // Root, and containers, have no sandbox of Chromium's.
                      "--no-sandbox",
                      "--disable-background-networking",
                      "--disable-component-update",
                      "--disable-sync"));
      return new Running(playwright, playwright.chromium().launch(options));
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }
}
