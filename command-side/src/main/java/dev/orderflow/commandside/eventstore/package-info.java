/** Where events are kept, and how aggregates are made from them. */
@NullMarked
package dev.orderflow.commandside.eventstore;

import org.jspecify.annotations.NullMarked;
