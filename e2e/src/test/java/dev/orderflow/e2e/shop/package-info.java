/** The platform as its callers see it: REST on the gateway. */
@NullMarked
package dev.orderflow.e2e.shop;

import org.jspecify.annotations.NullMarked;
