/**
 * What waits for others: done side by side, in sets where it can be, and without holding up polls.
 */
@NullMarked
package dev.orderflow.saga.attempts;

import org.jspecify.annotations.NullMarked;
