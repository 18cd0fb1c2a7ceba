/** Bounds how much one caller may ask for. */
@NullMarked
package dev.orderflow.platform.ratelimit;

import org.jspecify.annotations.NullMarked;
