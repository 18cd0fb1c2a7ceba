/** How a service reaches Redis. */
@NullMarked
package dev.orderflow.platform.redis;

import org.jspecify.annotations.NullMarked;
