package dev.orderflow.commandside;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of a JVM the same command side; it starts for the first and ends after the last.
 */
final class SharedCommandSide implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == RunningCommandSide.class;
  }

  @Override
  public RunningCommandSide resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedCommandSide.class))
        .computeIfAbsent(
            RunningCommandSide.class,
            _ -> RunningCommandSide.withTwoInstances(),
            RunningCommandSide.class);
  }
}
