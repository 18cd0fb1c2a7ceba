/** Ends reservations when their time is over, by rows that are stored with them. */
@NullMarked
package dev.orderflow.commandside.inventory.expiry;

import org.jspecify.annotations.NullMarked;
