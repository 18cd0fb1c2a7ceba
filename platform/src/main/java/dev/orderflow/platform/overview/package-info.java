/**
 * How an instance is, for staff to see: what each part of it hands in to be checked and charted.
 * All of it is looked at in the background and answered from memory.
 */
@NullMarked
package dev.orderflow.platform.overview;

import org.jspecify.annotations.NullMarked;
