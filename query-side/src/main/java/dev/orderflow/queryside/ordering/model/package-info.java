/** What is known of an order, and how events change it. */
@NullMarked
package dev.orderflow.queryside.ordering.model;

import org.jspecify.annotations.NullMarked;
