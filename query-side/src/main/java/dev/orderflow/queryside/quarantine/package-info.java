/**
 * The records that the views cannot take in: what they are, why, and how they are sent on or
 * discarded. What is here waits; everything else is taken in.
 */
@NullMarked
package dev.orderflow.queryside.quarantine;

import org.jspecify.annotations.NullMarked;
