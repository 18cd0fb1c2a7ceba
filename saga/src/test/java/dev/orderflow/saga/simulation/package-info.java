/** The world around the saga in memory, in which everything that can go wrong does so by chance. */
@NullMarked
package dev.orderflow.saga.simulation;

import org.jspecify.annotations.NullMarked;
