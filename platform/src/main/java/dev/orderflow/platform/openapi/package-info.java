/** The OpenAPI description of REST calls, made from the code that answers them. */
@NullMarked
package dev.orderflow.platform.openapi;

import org.jspecify.annotations.NullMarked;
