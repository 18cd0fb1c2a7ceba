/** The gRPC face of catalog. */
@NullMarked
package dev.orderflow.commandside.catalog.grpc;

import org.jspecify.annotations.NullMarked;
