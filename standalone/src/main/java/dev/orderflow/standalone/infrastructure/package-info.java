/** PostgreSQL, Redis and Kafka as child processes on this machine. */
@NullMarked
package dev.orderflow.standalone.infrastructure;

import org.jspecify.annotations.NullMarked;
