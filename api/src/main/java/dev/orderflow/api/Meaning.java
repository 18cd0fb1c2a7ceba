package dev.orderflow.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a value means and which values are valid, for those who read a description of an interface.
 * It stands at a component of a record or at a parameter; or at a value type or an enum, and holds
 * wherever that is used. A value type's constant {@code FORM} is the form of its text.
 */
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Meaning {
  /** A sentence for a person. */
  String value();

  /** A regular expression that the whole text matches; empty when any text will do. */
  String form() default "";

  /** A format of OpenAPI's; empty for that of the type. */
  String format() default "";

  /** The least whole number, or the fewest characters or items; whole numbers are counts. */
  long min() default 0;

  /** The greatest whole number, or the most characters or items. */
  long max() default Long.MAX_VALUE;
}
