/** Products over HTTP. */
@NullMarked
package dev.orderflow.queryside.catalog.rest;

import org.jspecify.annotations.NullMarked;
