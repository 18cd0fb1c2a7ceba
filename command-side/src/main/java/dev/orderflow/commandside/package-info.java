/** The write side: decides, records, publishes. */
@NullMarked
package dev.orderflow.commandside;

import org.jspecify.annotations.NullMarked;
