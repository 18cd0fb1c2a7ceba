/** The front door of the platform: routes, identity, rate limits. */
@NullMarked
package dev.orderflow.gateway;

import org.jspecify.annotations.NullMarked;
