/** How callers name their requests, so that none takes effect twice. */
@NullMarked
package dev.orderflow.platform.idempotency;

import org.jspecify.annotations.NullMarked;
