/**
 * Checks the rules that must always hold against the history itself. It walks through the event
 * store in several orders, so that what a rule is about comes together, and looks at one stream,
 * one product, one order or one key at a time: however long the history is, it keeps no more than
 * that in memory.
 */
@NullMarked
package dev.orderflow.commandside.audit;

import org.jspecify.annotations.NullMarked;
