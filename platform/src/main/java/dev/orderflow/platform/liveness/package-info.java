/** Tells a process that works from one that only runs, and frees virtual threads that are stuck. */
@NullMarked
package dev.orderflow.platform.liveness;

import org.jspecify.annotations.NullMarked;
