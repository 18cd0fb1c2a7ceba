/** What the gateway hands out and takes back unchanged, so that it need keep nothing itself. */
@NullMarked
package dev.orderflow.gateway.seal;

import org.jspecify.annotations.NullMarked;
