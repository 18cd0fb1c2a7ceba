/** Two levels of cache. */
@NullMarked
package dev.orderflow.queryside.cache;

import org.jspecify.annotations.NullMarked;
