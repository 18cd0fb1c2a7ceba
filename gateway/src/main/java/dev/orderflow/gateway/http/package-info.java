/** What happens to requests and responses that HTTP itself, not a route, makes an end of. */
@NullMarked
package dev.orderflow.gateway.http;

import org.jspecify.annotations.NullMarked;
