/** The topics, and how an event becomes a record and is read back. */
@NullMarked
package dev.orderflow.platform.kafka;

import org.jspecify.annotations.NullMarked;
