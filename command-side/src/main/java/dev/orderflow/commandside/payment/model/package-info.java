/** The decisions about payments: commands in, events out. */
@NullMarked
package dev.orderflow.commandside.payment.model;

import org.jspecify.annotations.NullMarked;
