/** The REST face of inventory. */
@NullMarked
package dev.orderflow.commandside.inventory.rest;

import org.jspecify.annotations.NullMarked;
