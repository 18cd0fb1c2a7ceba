/**
 * The store of what cannot proceed: records and tasks that were given up, and what followed them
 * for the same order. Whatever is here waits for a person; everything else flows on.
 */
@NullMarked
package dev.orderflow.saga.quarantine;

import org.jspecify.annotations.NullMarked;
