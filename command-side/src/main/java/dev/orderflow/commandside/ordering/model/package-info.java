/** The decisions about orders: commands in, events out. */
@NullMarked
package dev.orderflow.commandside.ordering.model;

import org.jspecify.annotations.NullMarked;
