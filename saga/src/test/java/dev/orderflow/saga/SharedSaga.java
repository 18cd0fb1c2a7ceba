package dev.orderflow.saga;

import dev.orderflow.saga.testing.SagaPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of a JVM that change no settings the same two instances; they start for the first
 * and end after the last.
 */
final class SharedSaga implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == SagaPlatform.class;
  }

  @Override
  public SagaPlatform resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedSaga.class))
        .computeIfAbsent(SagaPlatform.class, _ -> start(), SagaPlatform.class);
  }

  private static SagaPlatform start() {
    try {
      return new SagaPlatform(2, Files.createTempDirectory(Path.of("target"), "mails"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
