/** Commands, events and value objects of ordering: orders and their idempotency keys. */
@NullMarked
package dev.orderflow.api.ordering;

import org.jspecify.annotations.NullMarked;
