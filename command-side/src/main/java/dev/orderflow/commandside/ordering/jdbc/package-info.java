/** The contact data of orders, in a table of its own. */
@NullMarked
package dev.orderflow.commandside.ordering.jdbc;

import org.jspecify.annotations.NullMarked;
