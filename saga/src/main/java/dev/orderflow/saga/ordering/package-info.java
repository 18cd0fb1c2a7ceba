/** The order saga: it decides what happens to an order next, and sees that it does. */
@NullMarked
package dev.orderflow.saga.ordering;

import org.jspecify.annotations.NullMarked;
