/** Issues tokens where there is no identity provider. */
@NullMarked
package dev.orderflow.gateway.identity;

import org.jspecify.annotations.NullMarked;
