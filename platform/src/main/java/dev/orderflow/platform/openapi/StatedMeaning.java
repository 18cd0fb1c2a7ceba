package dev.orderflow.platform.openapi;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * What the code says of a value, wherever that stands.
 *
 * @param type the value type or enum at which it is said; null when it is said at the value
 */
record StatedMeaning(Meaning meaning, @Nullable Class<?> type) {
  /** Of a component: at itself, at its type, or where its record refers to. */
  static Optional<StatedMeaning> of(RecordComponent component) {
    return of(component, component.getName())
        .or(() -> at(component.getType()))
        .or(() -> elsewhere(component.getDeclaringRecord(), component.getName()));
  }

  /** Of a value of this name: at itself, or where it refers to. */
  static Optional<StatedMeaning> of(AnnotatedElement value, String name) {
    return Optional.ofNullable(value.getAnnotation(Meaning.class))
        .map(meaning -> new StatedMeaning(meaning, null))
        .or(() -> elsewhere(value, name));
  }

  private static Optional<StatedMeaning> elsewhere(AnnotatedElement value, String name) {
    return Optional.ofNullable(value.getAnnotation(MeaningOf.class))
        .map(MeaningOf::value)
        .flatMap(place -> at(place).or(() -> in(place, name)));
  }

  private static Optional<StatedMeaning> at(Class<?> type) {
    return Optional.ofNullable(type.getAnnotation(Meaning.class))
        .map(meaning -> new StatedMeaning(meaning, type));
  }

  /** Of a record's component; empty when it is no record, or has none of this name. */
  static Optional<StatedMeaning> in(Class<?> record, String name) {
    return Stream.ofNullable(record.getRecordComponents())
        .flatMap(Arrays::stream)
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .flatMap(StatedMeaning::of);
  }

  /** Says it in a description. */
  void describe(Schema<?> schema) {
    schema.setDescription(meaning.value());
    if (!meaning.format().isEmpty()) {
      schema.setFormat(meaning.format());
    }
    form().ifPresent(form -> schema.setPattern("^(?:" + form + ")$"));
    if (type != null && type.isEnum()) {
      @SuppressWarnings("unchecked") // Of texts, whatever the type that springdoc found.
      var texts = (Schema<Object>) schema;
      texts.setEnum(
          Arrays.stream(type.getEnumConstants())
              .<Object>map(value -> ((Enum<?>) value).name())
              .toList());
    }
    bound(schema);
  }

  private Optional<String> form() {
    if (!meaning.form().isEmpty() || type == null) {
      return Optional.of(meaning.form()).filter(form -> !form.isEmpty());
    }
    return Optional.ofNullable(ReflectionUtils.findField(type, "FORM"))
        .map(form -> String.valueOf(ReflectionUtils.getField(form, null)));
  }

  private void bound(Schema<?> schema) {
    var types = Objects.requireNonNullElse(schema.getTypes(), Set.<String>of());
    var isBounded = meaning.max() < Long.MAX_VALUE;
    if (types.contains("integer")) {
      schema.setMinimum(BigDecimal.valueOf(meaning.min()));
      schema.setMaximum(isBounded ? BigDecimal.valueOf(meaning.max()) : null);
      return;
    }
    var min = meaning.min() > 0 ? Math.toIntExact(meaning.min()) : null;
    var max = isBounded ? Math.toIntExact(meaning.max()) : null;
    if (types.contains("array")) {
      schema.setMinItems(min);
      schema.setMaxItems(max);
    } else if (types.contains("string")) {
      schema.setMinLength(min);
      schema.setMaxLength(max);
    }
  }
}
