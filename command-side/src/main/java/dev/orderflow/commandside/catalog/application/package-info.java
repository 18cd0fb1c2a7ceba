/** What can be done with products, whatever the caller's protocol. */
@NullMarked
package dev.orderflow.commandside.catalog.application;

import org.jspecify.annotations.NullMarked;
