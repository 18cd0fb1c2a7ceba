/** What the workers do with their dead letters when these are sent on. */
@NullMarked
package dev.orderflow.saga.deadletters;

import org.jspecify.annotations.NullMarked;
