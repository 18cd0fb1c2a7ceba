/** What is known of a product, and how events change it. */
@NullMarked
package dev.orderflow.queryside.catalog.model;

import org.jspecify.annotations.NullMarked;
