/** Issues tokens where no identity provider of the operator's does. */
@NullMarked
package dev.orderflow.gateway.identity;

import org.jspecify.annotations.NullMarked;
