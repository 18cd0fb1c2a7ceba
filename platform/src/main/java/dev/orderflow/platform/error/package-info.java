/** One catalogue of error codes, and how each surface shows them. */
@NullMarked
package dev.orderflow.platform.error;

import org.jspecify.annotations.NullMarked;
