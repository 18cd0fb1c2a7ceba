package dev.orderflow.platform.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of its components. What it always has is required: every component that is not
 * {@code @Nullable}.
 */
final class RecordSchemas implements ModelConverter {
  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> schema = chain.next().resolve(type, context, chain);
    var record = Json31.mapper().constructType(type.getType()).getRawClass();
    if (record.isRecord()) {
      describe(record, definition(schema, context));
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

  private static void describe(Class<?> record, Schema<?> schema) {
    if (schema.getProperties() == null) {
      return;
    }
    var required = new ArrayList<String>();
    for (var component : record.getRecordComponents()) {
      var property = schema.getProperties().get(component.getName());
      if (property != null) {
        describe(component, property);
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          required.add(component.getName());
        }
      }
    }
    schema.setRequired(required);
  }

  private static void describe(RecordComponent component, Schema<?> property) {
    StatedMeaning.of(component).ifPresent(meaning -> meaning.describe(property));
    if (component.getType() == BigDecimal.class) {
      // An amount; with a width: without one, generators take what they like, Go's 32 bits.
      property.exclusiveMinimumValue(BigDecimal.ZERO).format("double");
    }
  }
}
