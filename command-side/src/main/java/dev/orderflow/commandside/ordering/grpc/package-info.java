/** The gRPC face of ordering. */
@NullMarked
package dev.orderflow.commandside.ordering.grpc;

import org.jspecify.annotations.NullMarked;
