/** Orderflow's own services as child processes. */
@NullMarked
package dev.orderflow.standalone.service;

import org.jspecify.annotations.NullMarked;
