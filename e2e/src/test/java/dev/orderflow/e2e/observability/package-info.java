/** What dashboards and alert rules ask Prometheus. */
@NullMarked
package dev.orderflow.e2e.observability;

import org.jspecify.annotations.NullMarked;
