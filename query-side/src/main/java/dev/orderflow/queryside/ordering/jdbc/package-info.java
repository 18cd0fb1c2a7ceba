/** Orders in PostgreSQL. */
@NullMarked
package dev.orderflow.queryside.ordering.jdbc;

import org.jspecify.annotations.NullMarked;
