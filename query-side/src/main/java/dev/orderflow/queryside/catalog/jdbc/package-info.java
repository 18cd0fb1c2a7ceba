/** Products in PostgreSQL. */
@NullMarked
package dev.orderflow.queryside.catalog.jdbc;

import org.jspecify.annotations.NullMarked;
