/** Takes committed events to Kafka. */
@NullMarked
package dev.orderflow.commandside.publication;

import org.jspecify.annotations.NullMarked;
