/**
 * Breaks every rule of the architecture once, so that the rules can show that they would notice.
 */
package dev.orderflow.broken;
