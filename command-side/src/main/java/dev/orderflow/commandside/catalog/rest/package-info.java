/** The REST face of catalog. */
@NullMarked
package dev.orderflow.commandside.catalog.rest;

import org.jspecify.annotations.NullMarked;
