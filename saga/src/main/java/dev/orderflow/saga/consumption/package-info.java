/** Feeds events from Kafka to the workers. */
@NullMarked
package dev.orderflow.saga.consumption;

import org.jspecify.annotations.NullMarked;
