/** Orders over HTTP. */
@NullMarked
package dev.orderflow.queryside.ordering.rest;

import org.jspecify.annotations.NullMarked;
