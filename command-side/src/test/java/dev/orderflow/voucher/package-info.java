/** A context that the command side does not know: a new aggregate is one new package. */
package dev.orderflow.voucher;
