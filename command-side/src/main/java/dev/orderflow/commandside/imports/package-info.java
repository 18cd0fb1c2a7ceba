/** Files of which each line is a command: read, worked off in lists, and reported line by line. */
@NullMarked
package dev.orderflow.commandside.imports;

import org.jspecify.annotations.NullMarked;
