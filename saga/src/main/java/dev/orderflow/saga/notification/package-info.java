/** The notification worker: it writes to customers. */
@NullMarked
package dev.orderflow.saga.notification;

import org.jspecify.annotations.NullMarked;
