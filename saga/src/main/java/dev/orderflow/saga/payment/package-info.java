/** The payment worker: it talks to the payment provider. */
@NullMarked
package dev.orderflow.saga.payment;

import org.jspecify.annotations.NullMarked;
