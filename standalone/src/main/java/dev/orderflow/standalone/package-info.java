/** The launcher behind {@code ./orderflow}. */
@NullMarked
package dev.orderflow.standalone;

import org.jspecify.annotations.NullMarked;
