/** How events become rows: each counts once, in its order. */
@NullMarked
package dev.orderflow.queryside.projection;

import org.jspecify.annotations.NullMarked;
