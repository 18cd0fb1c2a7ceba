/** A command side, a token endpoint and running instances for the integration tests. */
@NullMarked
package dev.orderflow.saga.testing;

import org.jspecify.annotations.NullMarked;
