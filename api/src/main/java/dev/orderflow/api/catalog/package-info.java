/** Commands, events and value objects of the catalog: products and their prices. */
@NullMarked
package dev.orderflow.api.catalog;

import org.jspecify.annotations.NullMarked;
