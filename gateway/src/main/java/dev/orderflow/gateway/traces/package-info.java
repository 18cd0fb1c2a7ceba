/** Keeps the last traces in memory, where nothing else keeps them. */
@NullMarked
package dev.orderflow.gateway.traces;

import org.jspecify.annotations.NullMarked;
