/**
 * What was decided to be done: stored with the decision, done at once, retried until it is done.
 */
@NullMarked
package dev.orderflow.saga.tasks;

import org.jspecify.annotations.NullMarked;
