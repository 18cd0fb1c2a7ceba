/**
 * The commands of {@code ./orderflow}, one class each, and what they do with a platform that runs.
 */
@NullMarked
package dev.orderflow.standalone.command;

import org.jspecify.annotations.NullMarked;
