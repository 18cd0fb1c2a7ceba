package dev.orderflow.platform.serialization;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record of the published language must be there unless it is {@link Nullable}:
 * otherwise a missing or null field would be read as null or zero.
 */
final class RequiredComponents extends NopAnnotationIntrospector {
  private static final String API_PACKAGE = "dev.orderflow.api.";

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return isRequired(member) ? Boolean.TRUE : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated member) {
    return isRequired(member)
        ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  /** The parameters of a record's canonical constructor are its components. */
  private static boolean isRequired(Annotated member) {
    if (!(member instanceof AnnotatedParameter parameter)) {
      return false;
    }
    var components = parameter.getDeclaringClass().getRecordComponents();
    return components != null
        && parameter.getDeclaringClass().getName().startsWith(API_PACKAGE)
        && parameter.getOwner().getParameterCount() == components.length
        && !isNullable(components[parameter.getIndex()]);
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
