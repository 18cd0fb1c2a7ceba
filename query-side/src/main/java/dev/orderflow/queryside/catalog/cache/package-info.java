/** Products, as the cache keeps and announces them. */
@NullMarked
package dev.orderflow.queryside.catalog.cache;

import org.jspecify.annotations.NullMarked;
