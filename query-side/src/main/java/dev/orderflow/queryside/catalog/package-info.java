/** Products with their stock. */
@NullMarked
package dev.orderflow.queryside.catalog;

import org.jspecify.annotations.NullMarked;
