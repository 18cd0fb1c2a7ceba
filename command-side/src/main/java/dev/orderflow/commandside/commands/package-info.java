/** How commands reach aggregates: in groups, each in one transaction. */
@NullMarked
package dev.orderflow.commandside.commands;

import org.jspecify.annotations.NullMarked;
