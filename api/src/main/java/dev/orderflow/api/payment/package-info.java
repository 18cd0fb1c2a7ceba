/** Commands, events and value objects of payment: payments and refunds. */
@NullMarked
package dev.orderflow.api.payment;

import org.jspecify.annotations.NullMarked;
