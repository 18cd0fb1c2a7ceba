/** Orders as their customers see them. */
@NullMarked
package dev.orderflow.queryside.ordering;

import org.jspecify.annotations.NullMarked;
