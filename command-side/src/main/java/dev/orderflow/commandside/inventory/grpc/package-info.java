/** The gRPC face of inventory. */
@NullMarked
package dev.orderflow.commandside.inventory.grpc;

import org.jspecify.annotations.NullMarked;
