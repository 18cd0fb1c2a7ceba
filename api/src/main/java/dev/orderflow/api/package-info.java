/** The published language of Orderflow: what every context shares. */
@NullMarked
package dev.orderflow.api;

import org.jspecify.annotations.NullMarked;
