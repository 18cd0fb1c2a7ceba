/** The pages that people see: where they are, and what browsers may do with them. */
@NullMarked
package dev.orderflow.gateway.pages;

import org.jspecify.annotations.NullMarked;
