/** Benchmarks of reads, each against a limit that is measured in the same run. */
@NullMarked
package dev.orderflow.bench;

import org.jspecify.annotations.NullMarked;
