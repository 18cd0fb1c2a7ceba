/** The way to the command side. */
@NullMarked
package dev.orderflow.saga.commandside;

import org.jspecify.annotations.NullMarked;
