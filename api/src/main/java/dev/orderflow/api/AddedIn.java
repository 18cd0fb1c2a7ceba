package dev.orderflow.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component that a later {@link EventRevision} has added. JSON of an earlier revision is read as
 * if it had held {@link #before}.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface AddedIn {
  /** The first revision that has it, from 2. */
  int revision();

  /** What was true of every event before, as JSON. */
  String before();
}
