/**
 * What HTTP itself (RFC 9110, RFC 9112) asks of every service, before and beside what its calls do.
 */
@NullMarked
package dev.orderflow.platform.http;

import org.jspecify.annotations.NullMarked;
