/** What this service tells of an order's way; each part of it hands in what it knows. */
@NullMarked
package dev.orderflow.saga.timeline;

import org.jspecify.annotations.NullMarked;
