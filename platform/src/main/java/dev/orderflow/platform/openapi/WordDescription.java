package dev.orderflow.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Says of every field and parameter what it means. */
final class WordDescription implements GlobalOpenApiCustomizer {
  @Override
  public void customise(OpenAPI api) {
    api.getComponents().getSchemas().forEach(FieldDescriptions::explain);
    api.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .map(call -> Objects.requireNonNullElse(call.getParameters(), List.<Parameter>of()))
        .flatMap(List::stream)
        .forEach(FieldDescriptions::explain);
  }
}
