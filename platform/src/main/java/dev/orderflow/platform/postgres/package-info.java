/**
 * What PostgreSQL can do beyond SQL over JDBC: telling others that something has changed, and
 * taking many rows at once.
 */
@NullMarked
package dev.orderflow.platform.postgres;

import org.jspecify.annotations.NullMarked;
