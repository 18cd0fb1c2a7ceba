/** What every benchmark measures with: platforms, processor time, figures. */
@NullMarked
package dev.orderflow.bench.measurement;

import org.jspecify.annotations.NullMarked;
