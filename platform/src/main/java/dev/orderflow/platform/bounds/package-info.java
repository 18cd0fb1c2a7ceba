/** Bounds what callers may have under way at a time, so that memory follows from the settings. */
@NullMarked
package dev.orderflow.platform.bounds;

import org.jspecify.annotations.NullMarked;
