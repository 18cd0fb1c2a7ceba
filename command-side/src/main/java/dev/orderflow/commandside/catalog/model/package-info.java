/** The decisions about products: commands in, events out. */
@NullMarked
package dev.orderflow.commandside.catalog.model;

import org.jspecify.annotations.NullMarked;
