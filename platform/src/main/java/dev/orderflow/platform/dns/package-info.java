/** How services find each other by name. */
@NullMarked
package dev.orderflow.platform.dns;

import org.jspecify.annotations.NullMarked;
