/** How a caller's read comes to see what the caller has written. */
@NullMarked
package dev.orderflow.platform.consistency;

import org.jspecify.annotations.NullMarked;
