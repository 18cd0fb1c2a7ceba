/** Bounds how much one caller may ask for. */
@NullMarked
package dev.orderflow.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
