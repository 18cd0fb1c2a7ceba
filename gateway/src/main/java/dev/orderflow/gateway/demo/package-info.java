/** The demo mode: what staff can have done to the platform to see what it does then. */
@NullMarked
package dev.orderflow.gateway.demo;

import org.jspecify.annotations.NullMarked;
