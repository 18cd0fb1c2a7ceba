/** The order saga: it decides what happens next to an order, and has it done. */
@NullMarked
package dev.orderflow.saga.ordering;

import org.jspecify.annotations.NullMarked;
