package dev.orderflow.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a REST call answers when it succeeds. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Answers.All.class)
public @interface Answers {
  /** The HTTP status; below 300, and other than 204, the body is what the method returns. */
  int status();

  /** When it is this answer. */
  String when();

  /** The names of its headers; {@link SharedWords} says what each means. */
  String[] headers() default {};

  /** The names of further headers, which it has only sometimes. */
  String[] headersAtTimes() default {};

  /** Several. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    /** Each with another status. */
    Answers[] value();
  }
}
