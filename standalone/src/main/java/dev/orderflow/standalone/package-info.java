/** The launcher behind {@code ./orderflow}: its commands and the platform that they start. */
@NullMarked
package dev.orderflow.standalone;

import org.jspecify.annotations.NullMarked;
