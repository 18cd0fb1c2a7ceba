/** Orders over gRPC, ours and the command side's. */
@NullMarked
package dev.orderflow.queryside.ordering.grpc;

import org.jspecify.annotations.NullMarked;
