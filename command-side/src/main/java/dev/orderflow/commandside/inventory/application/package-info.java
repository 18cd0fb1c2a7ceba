/** What can be done with stock, whatever the caller's protocol. */
@NullMarked
package dev.orderflow.commandside.inventory.application;

import org.jspecify.annotations.NullMarked;
