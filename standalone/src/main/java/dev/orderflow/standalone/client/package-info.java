/** Clients of the gateway: everybody's and that of staff. */
@NullMarked
package dev.orderflow.standalone.client;

import org.jspecify.annotations.NullMarked;
