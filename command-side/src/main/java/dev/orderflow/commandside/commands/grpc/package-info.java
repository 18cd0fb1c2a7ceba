/** Commands in lists, over gRPC. */
@NullMarked
package dev.orderflow.commandside.commands.grpc;

import org.jspecify.annotations.NullMarked;
