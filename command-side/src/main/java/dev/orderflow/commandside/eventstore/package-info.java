/** Where events are kept, and how commands reach aggregates. */
@NullMarked
package dev.orderflow.commandside.eventstore;

import org.jspecify.annotations.NullMarked;
