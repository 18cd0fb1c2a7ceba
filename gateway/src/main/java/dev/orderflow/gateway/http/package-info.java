/** Where this process can be called. */
@NullMarked
package dev.orderflow.gateway.http;

import org.jspecify.annotations.NullMarked;
