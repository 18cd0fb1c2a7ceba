/** The rules that hold whatever happens, checked against the whole history. */
@NullMarked
package dev.orderflow.e2e.audit;

import org.jspecify.annotations.NullMarked;
