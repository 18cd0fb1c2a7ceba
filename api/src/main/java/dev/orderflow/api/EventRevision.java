package dev.orderflow.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The revision of an event's JSON form. It changes when old JSON can no longer be read as it
 * stands; what the new one has in addition says what its absence meant ({@link AddedIn}). Snapshots
 * have one too: those of another revision are made anew from the events.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventRevision {
  /** The revision, counted from 1. */
  int value();
}
