/** Requests and responses that break off. */
@NullMarked
package dev.orderflow.gateway.http;

import org.jspecify.annotations.NullMarked;
