/** The gRPC face of payment. */
@NullMarked
package dev.orderflow.commandside.payment.grpc;

import org.jspecify.annotations.NullMarked;
