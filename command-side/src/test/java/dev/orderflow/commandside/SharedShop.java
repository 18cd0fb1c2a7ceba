package dev.orderflow.commandside;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests of a JVM the same shop; it opens for the first and closes after the last. */
final class SharedShop implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Shop.class;
  }

  @Override
  public Shop resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedShop.class))
        .computeIfAbsent(Shop.class, _ -> Shop.withTwoInstances(), Shop.class);
  }
}
