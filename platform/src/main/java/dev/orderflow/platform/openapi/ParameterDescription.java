package dev.orderflow.platform.openapi;

import com.google.common.collect.Sets;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.extractor.DelegatingMethodParameter;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Says of a parameter what the code says; it is there or not, and never null. */
final class ParameterDescription implements ParameterCustomizer {
  @Override
  public @Nullable Parameter customize(@Nullable Parameter parameter, MethodParameter argument) {
    if (parameter == null || parameter.getSchema() == null) {
      return parameter;
    }
    // springdoc gives all parameters of one type the same schema.
    Schema<?> schema = AnnotationsUtils.clone(parameter.getSchema(), true);
    if (schema.getTypes() != null) {
      // springdoc changes it.
      schema.setTypes(new HashSet<>(Sets.difference(schema.getTypes(), Set.of("null"))));
    }
    meaning(parameter.getName(), argument).ifPresent(meaning -> meaning.describe(schema));
    parameter.schema(schema).description(schema.getDescription());
    schema.setDescription(null);
    return parameter;
  }

  /** Several parameters may be the components of one argument. */
  private static Optional<StatedMeaning> meaning(String name, MethodParameter argument) {
    return argument instanceof DelegatingMethodParameter part && part.getField() != null
        ? StatedMeaning.in(part.getField().getDeclaringClass(), name)
        : StatedMeaning.of(
            AnnotatedElementUtils.forAnnotations(argument.getParameterAnnotations()), name);
  }
}
