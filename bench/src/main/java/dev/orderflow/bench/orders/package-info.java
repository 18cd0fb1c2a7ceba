/** What an order costs, from the gateway to the end, against what the same machine could do. */
@NullMarked
package dev.orderflow.bench.orders;

import org.jspecify.annotations.NullMarked;
