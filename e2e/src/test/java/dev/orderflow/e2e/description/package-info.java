/** What the platform says about itself, and whether it is true. */
@NullMarked
package dev.orderflow.e2e.description;

import org.jspecify.annotations.NullMarked;
