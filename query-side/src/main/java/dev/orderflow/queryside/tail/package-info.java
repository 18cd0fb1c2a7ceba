/** The records on Kafka as they come, for staff who watch. */
@NullMarked
package dev.orderflow.queryside.tail;

import org.jspecify.annotations.NullMarked;
