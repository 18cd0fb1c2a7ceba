/** Calls to other systems: side by side, in sets where possible, and without holding up polls. */
@NullMarked
package dev.orderflow.saga.attempts;

import org.jspecify.annotations.NullMarked;
