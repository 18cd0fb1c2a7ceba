/** Follows what belongs together over processes, tasks and time. */
@NullMarked
package dev.orderflow.platform.tracing;

import org.jspecify.annotations.NullMarked;
