/** What can be done with payments, whatever the caller's protocol. */
@NullMarked
package dev.orderflow.commandside.payment.application;

import org.jspecify.annotations.NullMarked;
