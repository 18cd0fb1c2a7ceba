/** Feeds events from Kafka to those who have to do something about them. */
@NullMarked
package dev.orderflow.saga.consumption;

import org.jspecify.annotations.NullMarked;
