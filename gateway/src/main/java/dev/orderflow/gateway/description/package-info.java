/** The description of all calls, OpenAPI, and a page that shows it. */
@NullMarked
package dev.orderflow.gateway.description;

import org.jspecify.annotations.NullMarked;
