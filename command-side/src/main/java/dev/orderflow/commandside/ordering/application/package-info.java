/** What can be done with orders, whatever the caller's protocol. */
@NullMarked
package dev.orderflow.commandside.ordering.application;

import org.jspecify.annotations.NullMarked;
