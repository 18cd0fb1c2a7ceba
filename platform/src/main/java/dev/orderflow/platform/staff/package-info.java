/** A record of what staff have done, kept by each service that has a database. */
@NullMarked
package dev.orderflow.platform.staff;

import org.jspecify.annotations.NullMarked;
