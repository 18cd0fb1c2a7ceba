/** What can be asked about orders. */
@NullMarked
package dev.orderflow.queryside.ordering.application;

import org.jspecify.annotations.NullMarked;
