package dev.orderflow.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fields that the body of a REST call must have. The code takes them as they come, present or
 * not, in order to name all that are missing at once; so its types do not tell.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
  /** Their names, with dots before those inside of others: {@code items.productId}. */
  String[] value();
}
