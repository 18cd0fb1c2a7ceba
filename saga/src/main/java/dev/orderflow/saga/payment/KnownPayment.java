package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the command side knows it: what a record says of it moves no money.
 *
 * @param amount to be paid
 * @param method null leaves the choice to the provider
 * @param customer who pays; null when that was not recorded
 */
record KnownPayment(
    PaymentStatus status,
    Money amount,
    @Nullable PaymentMethod method,
    @Nullable UserId customer) {}
