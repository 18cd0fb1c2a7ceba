package dev.orderflow.saga.ordering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the order saga is.
 *
 * @param paymentDeadline how long after it was placed an order may wait for the outcome of its
 *     payment, before it is cancelled
 */
@ConfigurationProperties("orderflow.saga")
public record OrderSagaProperties(@DefaultValue("15m") Duration paymentDeadline) {}
