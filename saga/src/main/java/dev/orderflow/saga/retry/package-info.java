/** Sends dead letters on, when staff ask for it. */
@NullMarked
package dev.orderflow.saga.retry;

import org.jspecify.annotations.NullMarked;
