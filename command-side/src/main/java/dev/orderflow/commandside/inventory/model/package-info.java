/** The decisions about stock: commands in, events out. */
@NullMarked
package dev.orderflow.commandside.inventory.model;

import org.jspecify.annotations.NullMarked;
