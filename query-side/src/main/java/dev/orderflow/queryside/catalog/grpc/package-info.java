/** Products over gRPC. */
@NullMarked
package dev.orderflow.queryside.catalog.grpc;

import org.jspecify.annotations.NullMarked;
