/** Tells watchers on all instances that an order or a product has changed. */
@NullMarked
package dev.orderflow.queryside.live;

import org.jspecify.annotations.NullMarked;
