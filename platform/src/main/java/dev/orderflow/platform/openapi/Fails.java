package dev.orderflow.platform.openapi;

import dev.orderflow.platform.error.ErrorCode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The errors of a REST call, beside those that every call can answer: a request that is not valid,
 * a token that does not hold, too many requests, and failures of ours.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Fails.All.class)
public @interface Fails {
  /** The codes. */
  ErrorCode[] value();

  /** The HTTP status where it is not the code's own; 0 where it is. */
  int status() default 0;

  /** Several. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    /** Each with a status. */
    Fails[] value();
  }
}
