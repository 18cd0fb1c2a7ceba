/** The order saga, the payment worker and the notification worker as one service. */
@NullMarked
package dev.orderflow.saga;

import org.jspecify.annotations.NullMarked;
