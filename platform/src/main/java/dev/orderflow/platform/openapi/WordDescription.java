package dev.orderflow.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Sees to it that every field and every parameter says what it means. */
final class WordDescription implements GlobalOpenApiCustomizer {
  @Override
  public void customise(OpenAPI api) {
    api.getComponents().getSchemas().forEach(WordDescription::complete);
    api.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .forEach(WordDescription::complete);
  }

  private static void complete(String schemaName, Schema<?> schema) {
    Objects.requireNonNullElse(schema.getProperties(), Map.<String, Schema<?>>of())
        .forEach((name, property) -> {
          if (property.getDescription() == null) {
            SharedWords.describe(name, schemaName + "." + name, property);
          }
        });
  }

  private static void complete(Operation call) {
    for (var parameter : Objects.requireNonNullElse(call.getParameters(), List.<Parameter>of())) {
      if (parameter.getDescription() == null) {
        var schema = parameter.getSchema();
        SharedWords.describe(
            parameter.getName(),
            "%s of %s".formatted(parameter.getName(), call.getOperationId()),
            schema);
        parameter.setDescription(schema.getDescription());
        schema.setDescription(null);
      }
    }
  }
}
