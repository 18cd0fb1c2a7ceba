/** The event store as staff may look at it, stream by stream. */
@NullMarked
package dev.orderflow.commandside.streams;

import org.jspecify.annotations.NullMarked;
