/** Which service answers which call, and how a call reaches an instance that lives. */
@NullMarked
package dev.orderflow.gateway.routing;

import org.jspecify.annotations.NullMarked;
