/** What can only be measured from inside the cache. */
@NullMarked
package dev.orderflow.queryside.cache;

import org.jspecify.annotations.NullMarked;
