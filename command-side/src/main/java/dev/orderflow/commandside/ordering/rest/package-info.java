/** The REST face of ordering. */
@NullMarked
package dev.orderflow.commandside.ordering.rest;

import org.jspecify.annotations.NullMarked;
