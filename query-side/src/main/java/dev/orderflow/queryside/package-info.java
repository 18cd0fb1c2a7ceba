/** The query side: projections of the events, and the reads they serve. */
@NullMarked
package dev.orderflow.queryside;

import org.jspecify.annotations.NullMarked;
