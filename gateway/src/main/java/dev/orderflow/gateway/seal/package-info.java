/** Sealed texts that the gateway hands out and gets back unchanged, so that it stores nothing. */
@NullMarked
package dev.orderflow.gateway.seal;

import org.jspecify.annotations.NullMarked;
