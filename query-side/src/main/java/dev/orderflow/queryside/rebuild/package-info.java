/** Builds a projection anew beside the one that serves. */
@NullMarked
package dev.orderflow.queryside.rebuild;

import org.jspecify.annotations.NullMarked;
