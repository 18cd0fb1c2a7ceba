package dev.orderflow.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where the {@link Meaning} is said: at the type that is named, or at its component of the same
 * name. At a record it holds for all components that say nothing themselves.
 */
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface MeaningOf {
  /** A value type, or a record that has such a component. */
  Class<?> value();
}
