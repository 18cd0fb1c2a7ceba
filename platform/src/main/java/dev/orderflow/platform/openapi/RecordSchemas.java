package dev.orderflow.platform.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a record always has is required: every component that is not {@code @Nullable}. */
final class RecordSchemas implements ModelConverter {
  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> schema = chain.next().resolve(type, context, chain);
    var record = Json31.mapper().constructType(type.getType()).getRawClass();
    if (record.isRecord()) {
      require(record, definition(schema, context));
    }
    return schema;
  }

  private static Schema<?> definition(Schema<?> schema, ModelConverterContext context) {
    var reference = schema.get$ref();
    return reference == null
        ? schema
        : Objects.requireNonNull(
            context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1)));
  }

  private static void require(Class<?> record, Schema<?> schema) {
    if (schema.getProperties() == null) {
      return;
    }
    schema.setRequired(
        Arrays.stream(record.getRecordComponents())
            .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .map(RecordComponent::getName)
            .filter(schema.getProperties()::containsKey)
            .toList());
  }
}
