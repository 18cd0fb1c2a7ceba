/** A long run of orders under random faults, with a report of what customers notice. */
@NullMarked
package dev.orderflow.e2e.campaign;

import org.jspecify.annotations.NullMarked;
