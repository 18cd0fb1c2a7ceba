/** Feeds projections from Kafka; each event takes effect exactly once. */
@NullMarked
package dev.orderflow.platform.consumption;

import org.jspecify.annotations.NullMarked;
