/** Commands, events and value objects of the inventory: stock and reservations. */
@NullMarked
package dev.orderflow.api.inventory;

import org.jspecify.annotations.NullMarked;
