/** Tells those who watch that what they watch has changed, on whatever instance it did. */
@NullMarked
package dev.orderflow.queryside.live;

import org.jspecify.annotations.NullMarked;
