/** Tells a process that works from one that only runs. */
@NullMarked
package dev.orderflow.platform.liveness;

import org.jspecify.annotations.NullMarked;
