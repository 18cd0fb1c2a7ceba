/** The way of one order as staff see it: what each service tells of it, in one form. */
@NullMarked
package dev.orderflow.platform.timeline;

import org.jspecify.annotations.NullMarked;
